package io.mailflow.web;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.naming.Metrics;
import io.mailflow.readmodel.MetricQuestions;
import io.mailflow.readmodel.PipelineQuestions;
import io.mailflow.readmodel.PipelineReport;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.ReadState;
import io.mailflow.readmodel.Tally;
import io.mailflow.readmodel.Totals;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.serde.Json;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** The program's own metrics, asked from the read model at each scrape. */
final class DomainMetrics implements MultiCollector {

    private static final int MOST_CODES = 100;
    private static final List<String> DEAD_LETTER_REASONS = List.of("unreadable-row");
    /** Of a failure without a text. */
    private static final String NO_CODE = "none";

    private static final List<String> LATE_EFFECTS = List.of("queue", "nothing");
    private static final List<String> PUBLICATIONS = Arrays.stream(Publication.values())
            .flatMap(publication -> whys(publication)
                    .flatMap(why -> Arrays.stream(Reason.values())
                            .map(reason -> word(publication) + " " + why + " " + word(reason))))
            .toList();

    private final Program program;
    private final MetricQuestions questions;
    private final PipelineQuestions pipeline;
    private final ConnectorMetrics connectors;
    private final Catalogue catalogue;
    private final IntSupplier followers;
    private final InstantSource clock;
    private final Series.HighWater marks = new Series.HighWater();
    /** Those with a series of their own: a code that had one keeps it. */
    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    DomainMetrics(
            Program program,
            ReadModel model,
            Catalogue catalogue,
            int topConnectors,
            IntSupplier followers,
            InstantSource clock) {
        this.program = program;
        this.catalogue = catalogue;
        this.questions = new MetricQuestions(model);
        this.pipeline = new PipelineQuestions(model);
        this.connectors = new ConnectorMetrics(model, topConnectors);
        this.followers = followers;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        Series series = new Series(marks);
        ReadState now = program.state();
        for (ReadState state : ReadState.values()) {
            series.add(Metrics.STATE, state == now ? 1 : 0, word(state));
        }
        series.add(Metrics.READ_MODEL_BEHIND, program.readModel().recordsBehind());
        series.add(Metrics.READ_MODEL_BYTES, program.readModel().bytes());
        series.add(Metrics.FOLLOWERS, followers.getAsInt());
        router(series, program.router());
        // Half of what the topics hold would look like counters that begin anew.
        if (now == ReadState.RUNNING || now == ReadState.REBALANCING) {
            Instant at = clock.instant();
            totals(series, questions.totals());
            pipeline(series, pipeline.report(), at);
            connectors.add(series, at);
        }
        return series.snapshots();
    }

    private static void router(Series series, RouterReport router) {
        series.add(Metrics.ROUTER_ACTIVE, router.active() ? 1 : 0);
        series.add(Metrics.ROUTER_OPEN_INCIDENTS, router.openIncidents());
        series.add(Metrics.ROUTER_ACCEPTED, router.accepted());
        series.add(Metrics.ROUTER_REFUSED, router.refused());
        series.add(Metrics.ROUTER_UNREACHABLE, router.unreachable());
        series.add(Metrics.ROUTER_UNTOLD, router.untold());
        series.add(Metrics.ROUTER_UNREADABLE, router.unreadable());
        series.add(Metrics.ROUTER_FAILURES, router.failures());
    }

    private void totals(Series series, Totals totals) {
        series.add(Metrics.QUEUED, totals.queued());
        series.add(Metrics.EXPIRED, totals.expired());
        series.add(Metrics.ATTEMPTS, totals.delivered(), "delivered", "");
        if (totals.failedByCode().isEmpty()) {
            series.add(Metrics.ATTEMPTS, 0, "failed", NO_CODE);
        }
        long others = 0;
        long failed = 0;
        long unmatched = 0;
        for (Tally code : totals.failedByCode()) {
            if (code.name().equals(Metrics.OTHERS)) {
                // Whether the catalogue lists the codes behind it cannot be told.
                others += code.count();
                continue;
            }
            failed += code.count();
            unmatched += catalogue.lists(code.name()) ? 0 : code.count();
            if (codes.contains(code.name()) || (codes.size() < MOST_CODES && codes.add(code.name()))) {
                series.add(Metrics.ATTEMPTS, code.count(), "failed", code.name());
            } else {
                others += code.count();
            }
        }
        if (others > 0) {
            series.add(Metrics.ATTEMPTS, others, "failed", Metrics.OTHERS);
        }
        if (failed > 0) {
            series.add(Metrics.UNMATCHED, (double) unmatched / failed);
        }
        totals.alerts()
                .forEach((state, severities) -> severities.forEach(
                        (severity, count) -> series.add(Metrics.ALERTS, count, word(state), word(severity))));
        withZeros(PUBLICATIONS, totals.publications()).forEach((name, count) -> {
            String[] parts = name.split(" ", 3);
            series.add(Metrics.PUBLICATIONS, count, parts[0], parts[1], parts[2]);
        });
    }

    private static void pipeline(Series series, PipelineReport report, Instant now) {
        report.events()
                .properties()
                .forEach(fate -> series.add(Metrics.EVENTS, fate.getValue().asLong(), fate.getKey()));
        withZeros(DEAD_LETTER_REASONS, report.deadLetters().byReason())
                .forEach((reason, count) -> series.add(Metrics.DEAD_LETTERS, count, reason));
        withZeros(LATE_EFFECTS, report.lateEvents().byEffect())
                .forEach((effect, count) -> series.add(Metrics.LATE_EVENTS, count, effect));
        lag(series, "tracker", report.sources(), now);
        lag(series, "monitor", report.monitors(), now);
    }

    private static void lag(Series series, String stage, List<PipelineReport.Part> parts, Instant now) {
        parts.forEach(part -> series.add(
                Metrics.WATERMARK_LAG,
                PipelineRoutes.lag(part.progress(), now),
                stage,
                Integer.toString(part.partition())));
    }

    /** A counter that begins with what it counts first hides the first from every rate. */
    private static Map<String, Long> withZeros(List<String> names, List<Tally> counted) {
        Map<String, Long> counts = new LinkedHashMap<>();
        names.forEach(name -> counts.put(name, 0L));
        counted.forEach(tally -> counts.put(tally.name(), tally.count()));
        return counts;
    }

    /** Why a publication of this kind may be decided; the schema of alerts explains each. */
    private static Stream<String> whys(Publication publication) {
        return switch (publication) {
            case OPENED -> Stream.of("threshold-reached");
            case ESCALATED -> Stream.of("severity-rose");
            case CHANGED -> Stream.of("reasons-changed", "cause-changed", "owner-changed");
            case REPEATED -> Stream.of("unchanged-for-long");
            case RESOLVED ->
                Stream.of("delivered-and-quiet", "quiet-without-delivery", "taken-back", "silence-became-usual");
            case BECAME_CURRENT -> Stream.of("caught-up");
            case CORRECTED -> Stream.of("silence-disproved");
        };
    }

    private static String word(Enum<?> constant) {
        return Json.MAPPER.convertValue(constant, String.class);
    }
}
