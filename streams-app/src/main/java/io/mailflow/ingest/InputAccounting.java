package io.mailflow.ingest;

/**
 * What was read. Every data row is either unreadable or gave one or more events; events are {@code emitted +
 * notAttempts + afterAsOf}.
 *
 * @param rows data rows: without headers, comments and blank lines
 * @param unreadable rows that could not be understood
 * @param events events of all readable rows
 * @param emitted events that {@link InputSpool#events} gives
 * @param notAttempts events that say nothing about an outbound attempt or a queued recipient, not emitted
 * @param afterAsOf events later than {@link ReadOptions#asOf}, of any class, not emitted
 */
public record InputAccounting(
        long rows, long unreadable, long events, long emitted, long notAttempts, long afterAsOf) {}
