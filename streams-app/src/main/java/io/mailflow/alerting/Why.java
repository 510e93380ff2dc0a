package io.mailflow.alerting;

import java.util.Locale;

/** Why a decision was taken. */
public enum Why {
    /** Open: a reason holds and no episode is open. */
    THRESHOLD_REACHED,

    /** Escalate: a reason reached a higher level than any before it. */
    SEVERITY_ROSE,

    /** Change: a reason came that it never had. */
    REASONS_CHANGED,
    /** Change: the evidence names another first cause. */
    CAUSE_CHANGED,
    /** Change: somebody else must act. */
    OWNER_CHANGED,

    /** Repeat: open and unchanged for long. */
    UNCHANGED_FOR_LONG,

    /** Resolve: quiet, and something was delivered since the last failure. */
    DELIVERED_AND_QUIET,
    /** Resolve: quiet, but nothing was delivered since the last failure. */
    QUIET_WITHOUT_DELIVERY,
    /** Resolve: the failures it stood on were taken back. */
    TAKEN_BACK,
    /** Resolve: a connector without an attempt for so long that silence is usual. */
    SILENCE_BECAME_USUAL,

    /** Become current: progress came close to the wall clock. */
    CAUGHT_UP,
    /** Correct: events that were delayed say otherwise than silence did. */
    SILENCE_DISPROVED,

    /** Hold: a reason holds as before. */
    REASON_HOLDS,
    /** Hold: recipients of the code are queued. */
    STILL_QUEUED,
    /** Hold: nothing is wrong any more, but not for long enough. */
    QUIET_TIME_RUNS,
    /** Hold: the queue of a connector that was down ended without a delivery, so it may still be down. */
    AWAITS_DELIVERY,
    /** Hold: a silent connector has not made an attempt yet. */
    AWAITS_ATTEMPT,
    /** Hold: maintenance is under way. */
    MAINTENANCE;

    /** The word for it in records: {@code threshold-reached}. */
    String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
