package io.mailflow.cli;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.OtherConnectors;
import io.mailflow.catalogue.OtherConnectors.Failing;
import io.mailflow.catalogue.OtherConnectors.Well;
import io.mailflow.ingest.InputAccounting;
import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts what the reader counted and what the pipeline published into one report. */
final class AnalysisBuilder {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private AnalysisBuilder() {}

    /**
     * The report.
     *
     * @param registry what is known of connectors
     * @param catalogue ranks causes once more by what all connectors tell
     */
    static Analysis of(
            InputAccounting read, Outputs outputs, Instant asOf, List<ConnectorEntry> registry, Catalogue catalogue) {
        return new Analysis(
                input(read, tracked(outputs)),
                asOf,
                outputs.health().stream()
                        .filter(AnalysisBuilder::hasSomething)
                        .sorted(Comparator.comparing(ConnectorHealth::tenant).thenComparing(ConnectorHealth::connector))
                        .map(health -> new Analysis.Connector(
                                health.tenant(),
                                health.connector(),
                                health.attempts(),
                                health.failures(),
                                health.unlisted(),
                                health.queue()))
                        .toList(),
                windows(outputs),
                deliveries(outputs),
                ranked(outputs, registry, catalogue),
                outputs.publications());
    }

    /** Those that are open by all that is known in the end; the others as they were published. */
    private static List<Alert> ranked(Outputs outputs, List<ConnectorEntry> registry, Catalogue catalogue) {
        List<Failing> failing = Failing.of(outputs.alerts());
        List<Well> well = well(outputs, registry, failing);
        Map<Named, Set<String>> places = new HashMap<>();
        registry.forEach(entry -> places.put(new Named(entry.tenant(), entry.name()), OtherConnectors.places(entry)));
        return outputs.alerts().stream()
                .map(alert -> alert.state() == AlertState.OPEN
                        ? alert.withRemediation(catalogue.with(
                                OtherConnectors.about(
                                        Failing.of(alert),
                                        places.getOrDefault(new Named(alert.tenant(), alert.connector()), Set.of()),
                                        failing,
                                        well),
                                alert.remediation()))
                        : alert)
                .toList();
    }

    private record Named(String tenant, String connector) {}

    private static List<Well> well(Outputs outputs, List<ConnectorEntry> registry, List<Failing> failing) {
        Set<Named> delivering = outputs.health().stream()
                .filter(AnalysisBuilder::deliveredLately)
                .map(health -> new Named(health.tenant(), health.connector()))
                .collect(Collectors.toSet());
        failing.forEach(one -> delivering.remove(new Named(one.tenant(), one.connector())));
        return registry.stream()
                .filter(entry -> delivering.contains(new Named(entry.tenant(), entry.name())))
                .map(entry -> new Well(entry.tenant(), entry.name(), OtherConnectors.places(entry)))
                .toList();
    }

    private static boolean deliveredLately(ConnectorHealth health) {
        return health.lastDelivered() != null
                && !health.lastDelivered().isBefore(health.at().minus(OtherConnectors.LATELY));
    }

    private static Accounting tracked(Outputs outputs) {
        return outputs.progress(PipelineProgress.Stage.TRACKER, 0)
                .map(PipelineProgress::accounting)
                .orElse(Accounting.NONE);
    }

    private static Analysis.Input input(InputAccounting read, Accounting tracked) {
        return new Analysis.Input(
                read.rows(),
                read.unreadable(),
                read.events(),
                tracked.counted(),
                tracked.duplicates(),
                read.notAttempts() + tracked.notAttempts(),
                tracked.late(),
                read.afterAsOf());
    }

    private static boolean hasSomething(ConnectorHealth health) {
        return health.attempts().delivered() + health.attempts().failed() > 0
                || health.queue().recipients() > 0
                || health.queue().expired() > 0;
    }

    private static List<Analysis.FailureWindow> windows(Outputs outputs) {
        return outputs.windows().stream()
                .filter(window -> window.size().equals(WINDOW) && window.code() != null && window.attempts() > 0)
                .sorted(Comparator.comparing(WindowCount::tenant)
                        .thenComparing(WindowCount::connector)
                        .thenComparing(window -> Objects.requireNonNull(window.code()))
                        .thenComparing(WindowCount::start))
                .map(window -> new Analysis.FailureWindow(
                        window.tenant(),
                        window.connector(),
                        Objects.requireNonNull(window.code()),
                        window.start(),
                        window.end(),
                        window.attempts(),
                        window.messages(),
                        window.recipients()))
                .toList();
    }

    private static List<Analysis.DeliveryWindow> deliveries(Outputs outputs) {
        return outputs.windows().stream()
                .filter(window -> window.size().equals(WINDOW) && window.code() == null && window.delivered() > 0)
                .sorted(Comparator.comparing(WindowCount::tenant)
                        .thenComparing(WindowCount::connector)
                        .thenComparing(WindowCount::start))
                .map(window -> new Analysis.DeliveryWindow(
                        window.tenant(), window.connector(), window.start(), window.end(), window.delivered()))
                .toList();
    }
}
