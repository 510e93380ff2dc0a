package io.mailflow.schema;

/**
 * Recipients that expire within some hours, cumulative and with the overdue ones.
 *
 * @param withinHours 1, 4, 12 or 24
 * @param recipients how many
 */
public record Expiring(int withinHours, long recipients) {}
