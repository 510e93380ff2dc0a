package io.mailflow.alerting;

import static io.mailflow.alerting.Times.at;
import static io.mailflow.alerting.Times.hours;
import static io.mailflow.alerting.Times.minutes;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.ConnectorType;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A view put together number by number, at 08:30 unless told. Counts that nobody sets are zero. */
final class ViewBuilder {

    static final String CODE = "450 4.4.316";

    private final ConnectorType type;
    private String connector = "Outbound to Datacentre";
    private Instant at = at("08:30");
    private AlertSettings thresholds = AlertSettings.DEFAULT;
    private long lastThreeDelivered;
    private Map<String, Long> lastThreeFailed = Map.of();
    private long lastHourDelivered;
    private Map<String, Long> lastHourFailed = Map.of();
    private HourWindow current = hour(0, 0, Map.of());
    private HourWindow previous = hour(0, 0, Map.of());
    private final SortedMap<String, CodeQueue> queues = new TreeMap<>();
    private final SortedMap<String, CodeActivity> activity = new TreeMap<>();
    private final SortedMap<String, Instant> drained = new TreeMap<>();
    private @Nullable MissingHour missing;
    private @Nullable Instant maintenanceUntil;
    private @Nullable Instant lastDelivered;

    private @Nullable Instant lastFailed;

    private ViewBuilder(ConnectorType type) {
        this.type = type;
    }

    static ViewBuilder of(ConnectorType type) {
        return new ViewBuilder(type);
    }

    static ViewBuilder smartHost() {
        return of(ConnectorType.SMART_HOST);
    }

    static ViewBuilder internet() {
        return of(ConnectorType.INTERNET);
    }

    ViewBuilder named(String name) {
        connector = name;
        return this;
    }

    ViewBuilder when(Instant instant) {
        at = instant;
        return this;
    }

    ViewBuilder when(String instant) {
        return when(at(instant));
    }

    ViewBuilder thresholds(AlertSettings settings) {
        thresholds = settings;
        return this;
    }

    ViewBuilder lastThree(long delivered, Map<String, Long> failed) {
        lastThreeDelivered = delivered;
        lastThreeFailed = failed;
        return this;
    }

    ViewBuilder lastHour(long delivered, Map<String, Long> failed) {
        lastHourDelivered = delivered;
        lastHourFailed = failed;
        return this;
    }

    ViewBuilder current(long delivered, long messages, Map<String, Long> failed) {
        current = hour(delivered, messages, failed);
        return this;
    }

    ViewBuilder previous(long delivered, long messages, Map<String, Long> failed) {
        previous = hour(delivered, messages, failed);
        return this;
    }

    ViewBuilder queue(CodeQueue queue) {
        queues.put(queue.code(), queue);
        return this;
    }

    ViewBuilder queued(long recipients) {
        return queue(new CodeQueue(CODE, recipients, 0, 0, 0, 0, 0, 0, at("08:00"), at("6 08:00")));
    }

    ViewBuilder olderThanBacklogAge(long recipients) {
        return queue(new CodeQueue(CODE, recipients, recipients, 0, 0, 0, 0, 0, at("07:00"), at("6 07:00")));
    }

    ViewBuilder expiring(long warning, long high, long critical) {
        return queue(new CodeQueue(CODE, warning, 0, warning, high, critical, 0, 0, at("4 08:45"), at("08:45")));
    }

    ViewBuilder expired(long recipients) {
        return queue(new CodeQueue(CODE, 0, 0, 0, 0, 0, 0, recipients, null, null));
    }

    ViewBuilder failures(String first, String last) {
        return failures(CODE, at(first), at(last));
    }

    ViewBuilder failures(String code, Instant first, Instant last) {
        activity.put(code, new Failures(first, last, 1));
        lastFailed = lastFailed == null || last.isAfter(lastFailed) ? last : lastFailed;
        return this;
    }

    /** Its failures are taken back, but when they were is not forgotten. */
    ViewBuilder takenBack(String first, String last) {
        activity.put(CODE, new Failures(at(first), at(last), 0));
        return this;
    }

    ViewBuilder drained(String instant) {
        drained.put(CODE, at(instant));
        return this;
    }

    ViewBuilder missing(String start, long usual) {
        missing = new MissingHour(at(start), usual);
        return this;
    }

    ViewBuilder maintenanceUntil(String end) {
        maintenanceUntil = at(end);
        return this;
    }

    ViewBuilder lastDelivered(String instant) {
        lastDelivered = at(instant);
        return this;
    }

    ViewBuilder lastFailed(Instant instant) {
        lastFailed = instant;
        return this;
    }

    /** Twenty failed attempts of five messages and no delivery: down by the smallest margin. */
    ViewBuilder down() {
        return down(CODE);
    }

    ViewBuilder down(String code) {
        return lastThree(0, Map.of(code, 20L))
                .lastHour(0, Map.of(code, 20L))
                .current(0, 5, Map.of(code, 20L))
                .failures(code, at.minus(minutes(15)), at.minus(minutes(1)));
    }

    ConnectorView build() {
        Instant hour = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 3600L) * 3600L);
        Instant lastWhole = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 300L) * 300L);
        return new ConnectorView(
                "contoso",
                connector,
                at,
                type,
                null,
                thresholds,
                new Traffic(
                        lastWhole.minus(minutes(15)), lastWhole, lastThreeDelivered, new TreeMap<>(lastThreeFailed)),
                new Traffic(lastWhole.minus(hours(1)), lastWhole, lastHourDelivered, new TreeMap<>(lastHourFailed)),
                startingAt(hour, current),
                startingAt(hour.minus(hours(1)), previous),
                queues,
                lastDelivered,
                lastFailed,
                activity,
                drained,
                missing,
                maintenanceUntil);
    }

    private static HourWindow hour(long delivered, long messages, Map<String, Long> failed) {
        long all = failed.values().stream().mapToLong(Long::longValue).sum();
        return new HourWindow(Instant.EPOCH, delivered, all, messages, new TreeMap<>(failed));
    }

    private static HourWindow startingAt(Instant start, HourWindow hour) {
        return new HourWindow(start, hour.delivered(), hour.failed(), hour.messages(), hour.failedByCode());
    }
}
