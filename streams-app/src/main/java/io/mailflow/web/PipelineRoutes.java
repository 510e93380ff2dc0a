package io.mailflow.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.mailflow.readmodel.PipelineQuestions;
import io.mailflow.readmodel.PipelineReport;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.ReadState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/pipeline}, {@code /health} and what an administrator may do. They answer in every state. */
final class PipelineRoutes {

    private final PipelineQuestions questions;
    private final Program program;
    private final InstantSource clock;

    PipelineRoutes(ReadModel model, Program program, InstantSource clock) {
        this.questions = new PipelineQuestions(model);
        this.program = program;
        this.clock = clock;
    }

    private record Health(ReadState state, @Nullable String reason) {}

    private record Progress(int partition, Instant progress, double lagSeconds, boolean ended) {}

    private record Pipeline(
            ReadState state,
            @Nullable String reason,
            @Nullable Instant watermark,
            @Nullable Double lagSeconds,
            List<Progress> sources,
            List<Progress> monitors,
            JsonNode events,
            PipelineReport.DeadLetters deadLetters,
            PipelineReport.LateEvents lateEvents,
            StreamReport stream,
            GroupReport group,
            ReadModelReport readModel) {}

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/api/v1/pipeline", this::pipeline, Role.READER);
        routes.post("/api/v1/read-model/rebuild", this::rebuild, Role.ADMIN);
        routes.get("/health/live", this::live, Role.NONE);
        routes.get("/health/ready", this::ready, Role.NONE);
    }

    private void pipeline(Context ctx) {
        Parameters.of(ctx);
        PipelineReport report = questions.report();
        Instant now = clock.instant();
        Instant watermark = report.watermark();
        Answers.json(
                ctx,
                new Pipeline(
                        program.state(),
                        program.reason(),
                        watermark,
                        watermark == null ? null : (Double) lag(watermark, now),
                        progress(report.sources(), now),
                        progress(report.monitors(), now),
                        report.events(),
                        report.deadLetters(),
                        report.lateEvents(),
                        program.stream(),
                        program.group(),
                        program.readModel()));
    }

    private static List<Progress> progress(List<PipelineReport.Part> parts, Instant now) {
        return parts.stream()
                .map(part -> new Progress(part.partition(), part.progress(), lag(part.progress(), now), part.ended()))
                .toList();
    }

    static double lag(Instant progress, Instant now) {
        return Duration.between(progress, now).toMillis() / 1000.0;
    }

    private void rebuild(Context ctx) {
        Parameters.of(ctx);
        program.rebuildReadModel();
        ctx.status(202);
        Answers.json(ctx, new Health(program.state(), program.reason()));
    }

    private void live(Context ctx) {
        health(ctx, program.state() != ReadState.FAILED);
    }

    private void ready(Context ctx) {
        health(ctx, program.state() == ReadState.RUNNING);
    }

    private void health(Context ctx, boolean well) {
        ctx.status(well ? 200 : 503);
        ctx.contentType("application/json").result(Answers.bytes(new Health(program.state(), program.reason())));
    }
}
