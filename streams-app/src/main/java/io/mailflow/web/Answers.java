package io.mailflow.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.mailflow.readmodel.Found;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.ReadState;
import io.mailflow.serde.Json;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes answers: JSON with the program's state first, an ETag, and problems where there is nothing to answer. */
final class Answers {

    private static final int RETRY_AFTER_SECONDS = 2;

    private final Program program;
    private final RenderedAnswers rendered;

    /** @param model what data is read from */
    Answers(Program program, ReadModel model) {
        this.program = program;
        this.rendered = new RenderedAnswers(model::version);
    }

    /** Refuses to answer from a read model that is not complete. */
    void demandData() {
        ReadState state = program.state();
        String reason = program.reason() == null ? "" : " " + program.reason() + ".";
        switch (state) {
            case STARTING ->
                throw new ProblemException(
                        ProblemKind.STARTING, "The program is starting and has not reached its topics." + reason);
            case RESTORING ->
                throw new ProblemException(
                        ProblemKind.RESTORING, "The program is reading what its topics hold; try again soon." + reason);
            case FAILED ->
                throw new ProblemException(
                        ProblemKind.FAILED,
                        "The program has stopped working; see its log and start it again." + reason);
            case REBALANCING, RUNNING -> {
                // Answers.
            }
        }
    }

    /** An answer, and the state it was given in. */
    @JsonPropertyOrder("state")
    private record Stated(ReadState state, @JsonUnwrapped Object answer) {}

    /** What an answer depends on beside the read model: the program's state and all that the request says. */
    private record Question(
            ReadState state,
            String path,
            @Nullable String query,
            @Nullable String language) {}

    /**
     * Answers from the read model.
     *
     * @param answer asked only if nobody has asked the same since the read model changed
     */
    void data(Context ctx, Supplier<?> answer) {
        ReadState state = program.state();
        Question question = new Question(
                state, ctx.req().getRequestURI(), ctx.queryString(), ctx.res().getHeader("Content-Language"));
        send(ctx, rendered.of(question, () -> new Rendered(bytes(new Stated(state, answer.get())))));
    }

    /** What was found, or a problem that tells gone from never there. */
    <T> T found(Found<T> found, String what) {
        if (found instanceof Found.Here<T> here) {
            return here.value();
        }
        throw found instanceof Found.Gone<T>
                ? new ProblemException(ProblemKind.GONE, what + " was removed or is no longer kept.")
                : new ProblemException(ProblemKind.NOT_FOUND, "There is no " + what + ".");
    }

    /** JSON with an ETag; without a body where the caller has it already. */
    static void json(Context ctx, Object answer) {
        send(ctx, new Rendered(bytes(answer)));
    }

    private static void send(Context ctx, Rendered answer) {
        ctx.header("ETag", answer.tag());
        String known = ctx.header("If-None-Match");
        if (known != null && (known.contains(answer.tag()) || known.strip().equals("*"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType("application/json").result(answer.body());
    }

    static void problem(Context ctx, ProblemException problem) {
        ctx.status(problem.kind().status());
        if (problem.kind().status() == 503) {
            ctx.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        }
        if (problem.kind() == ProblemKind.NO_TOKEN) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"mailflow\"");
        }
        ctx.contentType(Problem.CONTENT_TYPE).result(bytes(problem.toProblem(ctx.path())));
    }

    static byte[] bytes(Object answer) {
        try {
            return Json.MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
