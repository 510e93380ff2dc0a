package io.mailflow.readmodel;

import io.mailflow.schema.Remediation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a read model answers to everything, for comparing two. */
public record ReadModelState(
        Overview overview,
        AlertPage alerts,
        List<Found<AlertLife>> lives,
        IncidentPage incidents,
        List<CapacityRow> capacity,
        PipelineReport pipeline,
        Totals totals) {

    private static final AlertFilter ALL = new AlertFilter(null, null, null, Set.of(), null, null, null);
    private static final Period EVER =
            new Period(Duration.ofMinutes(5), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

    public static ReadModelState of(ReadModel model) {
        AlertQuestions alerts = new AlertQuestions(model);
        AlertPage page = alerts.newestFirst(ALL, 1_000, null);
        return new ReadModelState(
                new ConnectorQuestions(model).overview(ConnectorFilter.ALL, 1_000, null),
                page,
                page.items().stream().map(alert -> alerts.life(alert.id())).toList(),
                new IncidentQuestions(model).page(null, null, 1_000, null, Remediation::title),
                new CapacityQuestions(model).rows(EVER, CapacityQuestions.By.CODE, null, List.of()),
                new PipelineQuestions(model).report(),
                new MetricQuestions(model).totals());
    }

    static ReadModelState of(Records records, Path folder) {
        try (ReadModel other = ReadModel.open(folder)) {
            records.into(other);
            return of(other);
        }
    }
}
