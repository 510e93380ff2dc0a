package io.mailflow.oracle;

/**
 * Something that holds of a recipient from one evaluation until another one.
 *
 * @param what what holds
 * @param fromMs first instant of event time at which it is known
 * @param toMs instant at which it is taken back, {@link Long#MAX_VALUE} if never
 */
record Fact(What what, long fromMs, long toMs) {

    /** What a fact is about. */
    enum Type {
        SENT,
        FAILED,
        QUEUED,
        EXPIRED
    }

    /**
     * What holds.
     *
     * @param connector the connector it is charged to
     * @param code the code it is charged to, {@code none} for a delivery
     * @param atMs when it happened; of a queued recipient its first deferral
     * @param sinceMs first deferral of a queued or expired recipient
     * @param deadlineMs its deadline
     * @param order tells attempts at one instant apart
     */
    record What(
            Type type,
            String tenant,
            String connector,
            String code,
            long atMs,
            long sinceMs,
            long deadlineMs,
            Row.Recipient recipient,
            int order) {}

    boolean holdsAt(long ms) {
        return fromMs <= ms && ms < toMs;
    }
}
