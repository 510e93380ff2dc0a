package io.mailflow.tracker;

import io.mailflow.tracker.ConnectorDelta.AttemptSum;
import io.mailflow.tracker.ConnectorDelta.ExpirySum;
import io.mailflow.tracker.ConnectorDelta.QueueSum;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What deltas add up to, without what came to nothing: first and last instants and samples are left out, for they are
 * no sums.
 *
 * @param attempts {@code connector|code|size|start} to delivered, failed, messages and recipients
 * @param queue {@code connector|code|since|deadline} to recipients
 * @param expired {@code connector|code|at} to recipients
 * @param queuedMessages connector to messages
 */
record Sums(
        SortedMap<String, List<Long>> attempts,
        SortedMap<String, Long> queue,
        SortedMap<String, Long> expired,
        SortedMap<String, Long> queuedMessages) {

    static Sums of(List<TrackerMessage> messages) {
        SortedMap<String, List<Long>> attempts = new TreeMap<>();
        SortedMap<String, Long> queue = new TreeMap<>();
        SortedMap<String, Long> expired = new TreeMap<>();
        SortedMap<String, Long> queuedMessages = new TreeMap<>();
        for (TrackerMessage message : messages) {
            if (message instanceof ConnectorDelta delta) {
                String connector = delta.connector().name();
                for (AttemptSum sum : delta.attempts()) {
                    add(attempts, connector + "|" + sum.code(), sum.window5m(), sum.counts());
                }
                for (QueueSum sum : delta.queued()) {
                    String key = connector + "|" + sum.code() + "|" + Instant.ofEpochMilli(sum.sinceMs()) + "|"
                            + Instant.ofEpochMilli(sum.deadlineMs());
                    queue.merge(key, sum.recipients(), Long::sum);
                }
                for (ExpirySum sum : delta.expired()) {
                    String key = connector + "|" + sum.code() + "|" + Instant.ofEpochMilli(sum.atMs());
                    expired.merge(key, sum.recipients(), Long::sum);
                }
                queuedMessages.merge(connector, delta.queuedMessages(), Long::sum);
            }
        }
        attempts.values().removeIf(counts -> counts.stream().allMatch(number -> number == 0));
        queue.values().removeIf(number -> number == 0);
        expired.values().removeIf(number -> number == 0);
        queuedMessages.values().removeIf(number -> number == 0);
        return new Sums(attempts, queue, expired, queuedMessages);
    }

    private static void add(SortedMap<String, List<Long>> sums, String key, long window5m, AttemptCounts counts) {
        add(sums, key, "5m", window5m, 300_000, counts, counts.messages5m(), counts.recipients5m());
        add(sums, key, "1h", window5m, 3_600_000, counts, counts.messages1h(), counts.recipients1h());
        add(sums, key, "1d", window5m, 86_400_000, counts, counts.messages1d(), counts.recipients1d());
        add(sums, key, "ever", 0, 1, counts, counts.messagesEver(), counts.recipientsEver());
    }

    private static void add(
            SortedMap<String, List<Long>> sums,
            String key,
            String size,
            long window5m,
            long sizeMs,
            AttemptCounts counts,
            long messages,
            long recipients) {
        String window = key + "|" + size + "|" + Instant.ofEpochMilli(Math.floorDiv(window5m, sizeMs) * sizeMs);
        sums.merge(
                window,
                List.of(counts.delivered(), counts.failed(), messages, recipients),
                (left, right) -> List.of(
                        left.get(0) + right.get(0),
                        left.get(1) + right.get(1),
                        left.get(2) + right.get(2),
                        left.get(3) + right.get(3)));
    }

    /** All of it, a line each: what two of them do not share is what differs. */
    SortedSet<String> lines() {
        SortedSet<String> lines = new TreeSet<>();
        attempts.forEach((key, numbers) -> lines.add("attempts " + key + " " + numbers));
        queue.forEach((key, number) -> lines.add("queue " + key + " " + number));
        expired.forEach((key, number) -> lines.add("expired " + key + " " + number));
        queuedMessages.forEach((key, number) -> lines.add("queued messages " + key + " " + number));
        return lines;
    }

    /** Delivered, failed, messages, recipients of one window; zeros if nothing is left in it. */
    List<Long> window(String connector, String code, String size, String start) {
        return attempts.getOrDefault(
                connector + "|" + code + "|" + size + "|" + Instant.parse(start), List.of(0L, 0L, 0L, 0L));
    }

    /** Delivered, failed, messages, recipients since counting began; an empty code is all codes. */
    List<Long> ever(String connector, String code) {
        return window(connector, code, "ever", "1970-01-01T00:00:00Z");
    }

    long delivered(String connector) {
        return ever(connector, "").get(0);
    }

    long failed(String connector, String code) {
        return ever(connector, code).get(1);
    }

    long queued() {
        return queue.values().stream().mapToLong(Long::longValue).sum();
    }

    long expiredRecipients() {
        return expired.values().stream().mapToLong(Long::longValue).sum();
    }
}
