package io.mailflow.web;

import io.mailflow.naming.Metrics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The values of one scrape. */
final class Series {

    private record Point(Labels labels, double value) {}

    private final Map<Metrics, List<Point>> points = new EnumMap<>(Metrics.class);
    private final HighWater marks;

    Series(HighWater marks) {
        this.marks = marks;
    }

    /** The largest value that each counter ever had: what is taken back must not look like a new beginning. */
    static final class HighWater {

        private final Map<String, Double> marks = new ConcurrentHashMap<>();

        private double of(Metrics metric, Labels labels, double value) {
            return marks.merge(metric.id() + labels, value, Math::max);
        }
    }

    /** A number of things. */
    void add(Metrics metric, long count, String... labelValues) {
        add(metric, (double) count, labelValues);
    }

    /** @param labelValues in the order of the metric's labels */
    void add(Metrics metric, double value, String... labelValues) {
        Labels labels = Labels.of(metric.labels(), List.of(labelValues));
        double shown = metric.type() == Metrics.Type.COUNTER ? marks.of(metric, labels, value) : value;
        points.computeIfAbsent(metric, first -> new ArrayList<>()).add(new Point(labels, shown));
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        points.forEach((metric, values) ->
                snapshots.add(metric.type() == Metrics.Type.COUNTER ? counter(metric, values) : gauge(metric, values)));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot counter(Metrics metric, List<Point> values) {
        CounterSnapshot.Builder builder =
                CounterSnapshot.builder().name(metric.baseName()).help(metric.help());
        values.forEach(point -> builder.dataPoint(CounterDataPointSnapshot.builder()
                .labels(point.labels())
                .value(point.value())
                .build()));
        return builder.build();
    }

    private static MetricSnapshot gauge(Metrics metric, List<Point> values) {
        GaugeSnapshot.Builder builder =
                GaugeSnapshot.builder().name(metric.baseName()).help(metric.help());
        values.forEach(point -> builder.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(point.labels())
                .value(point.value())
                .build()));
        return builder.build();
    }
}
