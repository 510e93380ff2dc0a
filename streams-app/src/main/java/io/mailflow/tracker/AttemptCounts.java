package io.mailflow.tracker;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes of the counts of one (connector, code) in one 5-minute window and the hour, the day and the whole time it
 * lies in. Attempts add up over windows; distinct messages and recipients do not, so each size has its own.
 *
 * @param delivered attempts that succeeded
 * @param failed attempts that failed
 * @param messages5m distinct messages that failed, new in the 5-minute window
 * @param recipients5m distinct recipients that failed, new in the 5-minute window
 * @param messages1h the same for the hour
 * @param recipients1h the same for the hour
 * @param messages1d the same for the day
 * @param recipients1d the same for the day
 * @param messagesEver the same since counting began
 * @param recipientsEver the same since counting began
 * @param firstFailedMs earliest failed attempt, {@link Long#MAX_VALUE} if none
 * @param lastFailedMs latest failed attempt, {@link Long#MIN_VALUE} if none
 * @param lastDeliveredMs latest delivered attempt, {@link Long#MIN_VALUE} if none
 * @param causes failed attempts by the cause their reply named
 */
public record AttemptCounts(
        long delivered,
        long failed,
        long messages5m,
        long recipients5m,
        long messages1h,
        long recipients1h,
        long messages1d,
        long recipients1d,
        long messagesEver,
        long recipientsEver,
        long firstFailedMs,
        long lastFailedMs,
        long lastDeliveredMs,
        SortedMap<String, Long> causes) {

    /** Nothing changed. */
    public static final AttemptCounts NONE = new AttemptCounts(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Collections.emptySortedMap());

    /** One delivered attempt. */
    public static AttemptCounts oneDelivered(long atMs) {
        return delivered(1, atMs);
    }

    /** Attempts delivered, or taken back. */
    static AttemptCounts delivered(long number, long lastMs) {
        return new AttemptCounts(
                number,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                lastMs,
                Collections.emptySortedMap());
    }

    /** The sum of both; of the instants the earliest and the latest. */
    public AttemptCounts plus(AttemptCounts other) {
        return new AttemptCounts(
                delivered + other.delivered,
                failed + other.failed,
                messages5m + other.messages5m,
                recipients5m + other.recipients5m,
                messages1h + other.messages1h,
                recipients1h + other.recipients1h,
                messages1d + other.messages1d,
                recipients1d + other.recipients1d,
                messagesEver + other.messagesEver,
                recipientsEver + other.recipientsEver,
                Math.min(firstFailedMs, other.firstFailedMs),
                Math.max(lastFailedMs, other.lastFailedMs),
                Math.max(lastDeliveredMs, other.lastDeliveredMs),
                sum(causes, other.causes));
    }

    private static SortedMap<String, Long> sum(SortedMap<String, Long> left, SortedMap<String, Long> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        SortedMap<String, Long> sum = new TreeMap<>(left);
        right.forEach((cause, count) -> sum.merge(cause, count, AttemptCounts::sumOrDrop));
        return Collections.unmodifiableSortedMap(sum);
    }

    /** Drops an entry that came to nothing, so that equal sums are equal maps. */
    @SuppressWarnings("NullAway") // null removes the entry, as Map.merge wants it
    private static Long sumOrDrop(Long left, Long right) {
        long total = left + right;
        return total == 0 ? null : total;
    }

    /** Appends it. */
    public void write(BinaryOutput out) {
        out.signed(delivered)
                .signed(failed)
                .signed(messages5m)
                .signed(recipients5m)
                .signed(messages1h)
                .signed(recipients1h)
                .signed(messages1d)
                .signed(recipients1d)
                .signed(messagesEver)
                .signed(recipientsEver)
                .signed(firstFailedMs)
                .signed(lastFailedMs)
                .signed(lastDeliveredMs)
                .list(causes.entrySet(), (o, cause) -> o.text(cause.getKey()).signed(cause.getValue()));
    }

    /** Reads what {@link #write} wrote. */
    public static AttemptCounts read(BinaryInput in) {
        return new AttemptCounts(
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                causes(in));
    }

    private static SortedMap<String, Long> causes(BinaryInput in) {
        SortedMap<String, Long> causes = new TreeMap<>();
        in.list(i -> Map.entry(i.text(), i.signed())).forEach(cause -> causes.put(cause.getKey(), cause.getValue()));
        return Collections.unmodifiableSortedMap(causes);
    }
}
