package io.mailflow.schema;

/**
 * Where the events of a source ended: every event is in exactly one of these.
 *
 * @param counted changed a count, a queue or what is remembered of a recipient
 * @param duplicates the same identity was counted before
 * @param notAttempts said nothing about an outbound attempt or a queued recipient
 * @param late older than the lateness bound when read; kept on {@code mailflow.late-events}
 * @param future later than its record's own timestamp allows; kept as a dead letter
 */
public record Accounting(long counted, long duplicates, long notAttempts, long late, long future) {

    /** Nothing read yet. */
    public static final Accounting NONE = new Accounting(0, 0, 0, 0, 0);

    /** The sum of both, field by field. */
    public Accounting plus(Accounting other) {
        return new Accounting(
                counted + other.counted,
                duplicates + other.duplicates,
                notAttempts + other.notAttempts,
                late + other.late,
                future + other.future);
    }

    /** All events accounted for. */
    public long events() {
        return counted + duplicates + notAttempts + late + future;
    }
}
