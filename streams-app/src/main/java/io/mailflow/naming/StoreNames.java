package io.mailflow.naming;

/** Names of state stores; each names its changelog topic too. */
public final class StoreNames {

    /** The connector registry with its indexes by smart host and recipient domain (global). */
    public static final String REGISTRY = "registry";

    /** What the tracker remembers of each recipient that ever failed or was pending. */
    public static final String RECIPIENTS = "recipients";

    /** What the tracker remembers of each message with such a recipient. */
    public static final String MESSAGES = "messages";

    /** Successes, and closings of nothing, of recipients that are not remembered: by fingerprint and time. */
    public static final String SEEN_SUCCESSES = "seen-successes";

    /** Fingerprints of events that are remembered only as numbers, for recognising duplicates. */
    public static final String SEEN_FAILURES = "seen-failures";

    /** When each remembered recipient expires or is forgotten, by due time. */
    public static final String TIMERS = "timers";

    /** Sums waiting to cross to the monitor. */
    public static final String PENDING_DELTAS = "pending-deltas";

    /** Progress and accounting of the tracker's source partition. */
    public static final String SOURCE = "source";

    /** Deltas that wait in the monitor for their minute. */
    public static final String WAITING_DELTAS = "waiting-deltas";

    /** Progress of each source, as the monitor heard of it, and of the monitor itself. */
    public static final String SOURCES = "sources";

    /** Counts per connector, code and 5-minute window. */
    public static final String WINDOWS_5M = "windows-5m";

    /** Counts per connector, code and hour. */
    public static final String WINDOWS_1H = "windows-1h";

    /** Counts per connector, code and day. */
    public static final String WINDOWS_1D = "windows-1d";

    /** Windows published but not final yet, by the instant they become final. */
    public static final String OPEN_WINDOWS = "open-windows";

    /** Queued recipients by exact deadline and by exact first deferral, and those given up lately by exact instant. */
    public static final String QUEUE_INDEX = "queue-index";

    /** Everything else the monitor knows of a connector as a whole. */
    public static final String CONNECTORS = "connectors";

    /** Everything else the monitor knows of a connector's codes, by connector and code. */
    public static final String CODES = "codes";

    /** Alert episodes by connector and code. */
    public static final String EPISODES = "episodes";

    /** What silence alone opened or raised, until progress confirms it or takes it back. */
    public static final String PROVISIONAL_EPISODES = "provisional-episodes";

    private StoreNames() {}
}
