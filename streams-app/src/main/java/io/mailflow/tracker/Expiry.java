package io.mailflow.tracker;

/**
 * A recipient given up.
 *
 * @param atMs when
 * @param connector what it is charged to
 * @param code what it is charged to
 * @param sinceMs since when it was queued, {@code atMs} if no deferral was seen
 * @param deadlineMs its deadline then, {@code atMs} if no deferral was seen
 */
record Expiry(long atMs, String connector, String code, long sinceMs, long deadlineMs) {}
