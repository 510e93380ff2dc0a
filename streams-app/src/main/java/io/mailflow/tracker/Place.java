package io.mailflow.tracker;

/**
 * A recipient's place in a queue.
 *
 * @param connector what it is charged to
 * @param code what it is charged to
 * @param sinceMs its first deferral, or when it was received
 * @param deadlineMs when its server gives up
 */
record Place(String connector, String code, long sinceMs, long deadlineMs) {}
