package io.mailflow.web;

import io.mailflow.naming.Metrics;
import io.mailflow.readmodel.ConnectorFilter;
import io.mailflow.readmodel.ConnectorId;
import io.mailflow.readmodel.ConnectorLine;
import io.mailflow.readmodel.ConnectorQuestions;
import io.mailflow.readmodel.Gravity;
import io.mailflow.readmodel.MetricQuestions;
import io.mailflow.readmodel.Overview;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.Rest;
import io.mailflow.readmodel.Tally;
import io.mailflow.serde.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Series of the most urgent connectors, and one sum of all others: however many there are, the series are not. */
final class ConnectorMetrics {

    private static final int MOST_CODES = 10;

    private final ConnectorQuestions questions;
    private final MetricQuestions numbers;
    private final int top;

    ConnectorMetrics(ReadModel model, int top) {
        this.questions = new ConnectorQuestions(model);
        this.numbers = new MetricQuestions(model);
        this.top = top;
    }

    void add(Series series, Instant now) {
        Overview overview = questions.overview(ConnectorFilter.ALL, Math.max(top, 1), null);
        overview.summary()
                .byState()
                .forEach((state, count) ->
                        series.add(Metrics.CONNECTORS, count, Json.MAPPER.convertValue(state, String.class)));
        overview.items().stream().limit(top).forEach(line -> connector(series, line, now));
        Rest rest = numbers.restAfter(top);
        series.add(Metrics.CONNECTORS_DROPPED, rest.connectors());
        if (rest.connectors() > 0) {
            ConnectorId others = new ConnectorId(Metrics.OTHERS, Metrics.OTHERS);
            queue(series, others, rest.recipients(), rest.oldestSince(), rest.nextDeadline(), now);
            series.add(Metrics.CONNECTOR_EXPIRED, rest.expired(), Metrics.OTHERS, Metrics.OTHERS);
        }
    }

    private void connector(Series series, ConnectorLine line, Instant now) {
        ConnectorId id = new ConnectorId(line.tenant(), line.connector());
        ConnectorLine.Queue queue = line.queue();
        queue(series, id, queue.recipients(), queue.oldestSince(), queue.nextDeadline(), now);
        series.add(Metrics.CONNECTOR_EXPIRED, queue.expired(), id.tenant(), id.connector());
        series.add(Metrics.CONNECTOR_SEVERITY, Gravity.of(line.severity()), id.tenant(), id.connector());
        series.add(
                Metrics.CONNECTOR_ATTEMPTS, line.lastHour().delivered(), id.tenant(), id.connector(), "delivered", "");
        if (line.at() != null) {
            failures(series, id, numbers.lastHourByCode(id, line.at()));
        }
    }

    private static void failures(Series series, ConnectorId id, List<Tally> byCode) {
        long others = 0;
        for (int i = 0; i < byCode.size(); i++) {
            Tally code = byCode.get(i);
            if (i < MOST_CODES) {
                series.add(
                        Metrics.CONNECTOR_ATTEMPTS, code.count(), id.tenant(), id.connector(), "failed", code.name());
            } else {
                others += code.count();
            }
        }
        if (others > 0) {
            series.add(Metrics.CONNECTOR_ATTEMPTS, others, id.tenant(), id.connector(), "failed", Metrics.OTHERS);
        }
    }

    private static void queue(
            Series series,
            ConnectorId id,
            long recipients,
            @Nullable Instant oldestSince,
            @Nullable Instant nextDeadline,
            Instant now) {
        series.add(Metrics.CONNECTOR_QUEUED, recipients, id.tenant(), id.connector());
        if (oldestSince != null) {
            series.add(Metrics.CONNECTOR_OLDEST_AGE, seconds(oldestSince, now), id.tenant(), id.connector());
        }
        if (nextDeadline != null) {
            series.add(Metrics.CONNECTOR_NEXT_EXPIRY, seconds(now, nextDeadline), id.tenant(), id.connector());
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
