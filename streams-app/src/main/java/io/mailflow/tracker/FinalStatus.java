package io.mailflow.tracker;

/**
 * The last word of summary traces on a recipient.
 *
 * @param observedMs when it was read from its source, {@link Standing#NEVER} if nobody said
 * @param failed whether it says that delivery failed, which an expiry does not contradict
 */
record FinalStatus(long observedMs, boolean failed) {}
