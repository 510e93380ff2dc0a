package io.mailflow.cli;

import io.mailflow.ingest.InputAccounting;
import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.WindowCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Puts what the reader counted and what the pipeline published into one report. */
final class AnalysisBuilder {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private AnalysisBuilder() {}

    static Analysis of(InputAccounting read, Outputs outputs, Instant asOf) {
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
                outputs.alerts(),
                outputs.publications());
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
}
