package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one recipient of one message that ever failed or was pending. Immutable; each {@code with…} is
 * the fold of one fact, and gives the same result in whatever order the facts come.
 *
 * @param lifetimeMs how long its server retries
 * @param closedMs newest event that closed it, {@link #NEVER} if none
 * @param finalStatus a summary trace gave a final status, which beats every attempt
 * @param pendingMs when the message was received, if a summary trace called it pending, else {@link #NEVER}
 * @param firstDeferralMs first deferral since {@code closedMs}, {@link #NEVER} if none
 * @param deferrals the newest deferrals, at most {@value #DEFERRALS_KEPT}, ascending
 * @param attemptMs its latest attempt, {@link #NEVER} if none
 * @param connector the connector it is charged to: of the latest attempt, else of the pending row
 * @param code the code of the latest attempt, else {@code none}
 * @param namedConnector the connector of the latest attempt that named one, or null
 * @param namedMs timestamp of that attempt
 * @param expiry how it was given up, or null
 * @param revivedMs newest deferral after it was given up by the clock: it lives a lifetime longer; else {@link #NEVER}
 * @param lastEventMs newest event of any kind
 * @param timerMs when it is looked at next
 * @param failed its failed attempts
 */
public record RecipientMemory(
        long lifetimeMs,
        long closedMs,
        boolean finalStatus,
        long pendingMs,
        long firstDeferralMs,
        List<Long> deferrals,
        long attemptMs,
        String connector,
        String code,
        @Nullable String namedConnector,
        long namedMs,
        @Nullable Expiry expiry,
        long revivedMs,
        long lastEventMs,
        long timerMs,
        Tallies failed) {

    /** An instant before everything. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Deferrals remembered in detail, so that a closing event read late finds the first one after it. */
    static final int DEFERRALS_KEPT = 32;

    /** Its binary form. */
    public static final Serde<RecipientMemory> SERDE =
            BinarySerde.of(1, (out, memory) -> memory.write(out), RecipientMemory::read);

    /**
     * A recipient given up.
     *
     * @param atMs when
     * @param byClock at deadline and margin, no event said so
     * @param connector what it is charged to
     * @param code what it is charged to
     * @param sinceMs since when it was queued, {@code atMs} if no deferral was seen
     * @param deadlineMs its deadline then, {@code atMs} if no deferral was seen
     */
    public record Expiry(long atMs, boolean byClock, String connector, String code, long sinceMs, long deadlineMs) {}

    /**
     * Its place in the queue.
     *
     * @param connector what it is charged to
     * @param code what it is charged to
     * @param sinceMs its first deferral, or when it was received
     * @param deadlineMs when its server gives up
     */
    public record Queued(String connector, String code, long sinceMs, long deadlineMs) {}

    public RecipientMemory {
        deferrals = List.copyOf(deferrals);
    }

    /** A recipient nothing is known of. */
    static RecipientMemory unknown(long lifetimeMs) {
        return new RecipientMemory(
                lifetimeMs,
                NEVER,
                false,
                NEVER,
                NEVER,
                List.of(),
                NEVER,
                ConnectorKey.UNKNOWN,
                Reply.NONE,
                null,
                NEVER,
                null,
                NEVER,
                NEVER,
                NEVER,
                Tallies.NONE);
    }

    /** Its place in the queue, if it is queued. */
    public Optional<Queued> queued() {
        if (finalStatus || expiry != null) {
            return Optional.empty();
        }
        long since = firstDeferralMs != NEVER ? firstDeferralMs : pendingMs > closedMs ? pendingMs : NEVER;
        if (since == NEVER) {
            return Optional.empty();
        }
        long start = Math.max(since, revivedMs);
        return Optional.of(new Queued(connector, code, since, start + lifetimeMs));
    }

    /** Whether it had an attempt. */
    boolean wasAttempted() {
        return attemptMs != NEVER;
    }

    /** Whether an event at {@code atMs} would find it queued, or given up by the clock only. */
    boolean isOpenAt(long atMs) {
        return queued().map(place -> place.sinceMs() <= atMs).orElse(expiry != null && expiry.byClock());
    }

    /** A deferral. */
    RecipientMemory withDeferral(long atMs, String onConnector, String withCode) {
        boolean newer = atMs > closedMs;
        Expiry given = expiry;
        long revived = revivedMs;
        if (given != null && atMs > given.atMs) {
            revived = given.byClock ? atMs : revived;
            given = null;
        }
        long first = !newer ? firstDeferralMs : firstDeferralMs == NEVER ? atMs : Math.min(firstDeferralMs, atMs);
        return copy().expiry(given)
                .revivedMs(revived)
                .firstDeferralMs(first)
                .deferrals(kept(atMs))
                .build()
                .withAttempt(atMs, onConnector, withCode);
    }

    /** A rejection: an attempt that ends it. */
    RecipientMemory withRejection(long atMs, String onConnector, String withCode) {
        return withAttempt(atMs, onConnector, withCode).withClosing(atMs);
    }

    /** An attempt named its connector itself. */
    RecipientMemory withNamedConnector(long atMs, String name) {
        return atMs < namedMs ? this : copy().named(name, atMs).build();
    }

    /** It left the queue other than by expiry. */
    RecipientMemory withClosing(long atMs) {
        boolean disproved = expiry != null && (expiry.byClock || atMs > expiry.atMs);
        return closedAt(atMs).copy().expiry(disproved ? null : expiry).build();
    }

    /** An event says it was given up. */
    RecipientMemory withExpiry(long atMs, String onConnector, String withCode) {
        boolean charged = wasAttempted();
        long at = expiry == null ? atMs : Math.min(expiry.atMs, atMs);
        Optional<Queued> place = queued();
        Expiry given = new Expiry(
                at,
                false,
                charged ? connector : onConnector,
                charged ? code : withCode,
                place.map(Queued::sinceMs).orElse(expiry == null ? at : expiry.sinceMs),
                place.map(Queued::deadlineMs).orElse(expiry == null ? at : expiry.deadlineMs));
        return closedAt(atMs).copy().expiry(given).build().seenAt(atMs);
    }

    /** The clock passed the deadline and margin of its place in the queue. */
    RecipientMemory withClockExpiry(long atMs, Queued place) {
        return copy().expiry(
                        new Expiry(atMs, true, place.connector(), place.code(), place.sinceMs(), place.deadlineMs()))
                .build();
    }

    /** A summary trace calls it pending, received at {@code receivedMs}. */
    RecipientMemory withPending(long receivedMs, String onConnector) {
        return copy().pendingMs(receivedMs)
                .charged(wasAttempted() ? connector : onConnector, code)
                .build()
                .seenAt(receivedMs);
    }

    /**
     * A summary trace gave a final status.
     *
     * @param failed whether the status is Failed, which an expiry does not contradict
     */
    RecipientMemory withFinalStatus(long atMs, boolean failed) {
        return copy().finalStatus().expiry(failed ? expiry : null).build().seenAt(atMs);
    }

    /** A failed attempt was counted in its window. */
    RecipientMemory withFailure(String onConnector, String withCode, long atMs) {
        return copy().failed(failed.plusOne(onConnector, withCode, atMs)).build();
    }

    /** It is looked at next at {@code atMs}. */
    RecipientMemory withTimer(long atMs) {
        return copy().timerMs(atMs).build();
    }

    private RecipientMemory withAttempt(long atMs, String onConnector, String withCode) {
        // Of two attempts at one instant the greater code stays, whichever is read first.
        boolean latest = atMs > attemptMs || (atMs == attemptMs && withCode.compareTo(code) >= 0);
        RecipientMemory seen = seenAt(atMs);
        return latest
                ? seen.copy().attemptMs(atMs).charged(onConnector, withCode).build()
                : seen;
    }

    private RecipientMemory closedAt(long atMs) {
        long closed = Math.max(closedMs, atMs);
        long first = firstDeferralMs > closed
                ? firstDeferralMs
                : deferrals.stream().filter(at -> at > closed).findFirst().orElse(NEVER);
        return copy().closedMs(closed)
                .firstDeferralMs(first)
                .revivedMs(revivedMs > closed ? revivedMs : NEVER)
                .build()
                .seenAt(atMs);
    }

    private RecipientMemory seenAt(long atMs) {
        return atMs <= lastEventMs ? this : copy().lastEventMs(atMs).build();
    }

    private List<Long> kept(long atMs) {
        TreeSet<Long> sorted = new TreeSet<>(deferrals);
        sorted.add(atMs);
        if (sorted.size() > DEFERRALS_KEPT) {
            sorted.pollFirst();
        }
        return List.copyOf(sorted);
    }

    private Copy copy() {
        return new Copy(this);
    }

    /** A copy in the making: sixteen components are too many to repeat in every fold. */
    private static final class Copy {
        private final RecipientMemory from;
        private long closedMs;
        private boolean finalStatus;
        private long pendingMs;
        private long firstDeferralMs;
        private List<Long> deferrals;
        private long attemptMs;
        private String connector;
        private String code;
        private @Nullable String namedConnector;
        private long namedMs;
        private @Nullable Expiry expiry;
        private long revivedMs;
        private long lastEventMs;
        private long timerMs;
        private Tallies failed;

        Copy(RecipientMemory from) {
            this.from = from;
            closedMs = from.closedMs;
            finalStatus = from.finalStatus;
            pendingMs = from.pendingMs;
            firstDeferralMs = from.firstDeferralMs;
            deferrals = from.deferrals;
            attemptMs = from.attemptMs;
            connector = from.connector;
            code = from.code;
            namedConnector = from.namedConnector;
            namedMs = from.namedMs;
            expiry = from.expiry;
            revivedMs = from.revivedMs;
            lastEventMs = from.lastEventMs;
            timerMs = from.timerMs;
            failed = from.failed;
        }

        Copy closedMs(long value) {
            closedMs = value;
            return this;
        }

        Copy finalStatus() {
            finalStatus = true;
            return this;
        }

        Copy pendingMs(long value) {
            pendingMs = value;
            return this;
        }

        Copy firstDeferralMs(long value) {
            firstDeferralMs = value;
            return this;
        }

        Copy deferrals(List<Long> value) {
            deferrals = value;
            return this;
        }

        Copy attemptMs(long value) {
            attemptMs = value;
            return this;
        }

        Copy charged(String onConnector, String withCode) {
            connector = onConnector;
            code = withCode;
            return this;
        }

        Copy named(String name, long atMs) {
            namedConnector = name;
            namedMs = atMs;
            return this;
        }

        Copy expiry(@Nullable Expiry value) {
            expiry = value;
            return this;
        }

        Copy revivedMs(long value) {
            revivedMs = value;
            return this;
        }

        Copy lastEventMs(long value) {
            lastEventMs = value;
            return this;
        }

        Copy timerMs(long value) {
            timerMs = value;
            return this;
        }

        Copy failed(Tallies value) {
            failed = value;
            return this;
        }

        RecipientMemory build() {
            return new RecipientMemory(
                    from.lifetimeMs,
                    closedMs,
                    finalStatus,
                    pendingMs,
                    firstDeferralMs,
                    deferrals,
                    attemptMs,
                    connector,
                    code,
                    namedConnector,
                    namedMs,
                    expiry,
                    revivedMs,
                    lastEventMs,
                    timerMs,
                    failed);
        }
    }

    private void write(BinaryOutput out) {
        out.unsigned(lifetimeMs)
                .signed(closedMs)
                .flag(finalStatus)
                .signed(pendingMs)
                .signed(firstDeferralMs)
                .list(deferrals, BinaryOutput::signed)
                .signed(attemptMs)
                .text(connector)
                .text(code)
                .optionalText(namedConnector)
                .signed(namedMs)
                .flag(expiry != null);
        if (expiry != null) {
            out.signed(expiry.atMs)
                    .flag(expiry.byClock)
                    .text(expiry.connector)
                    .text(expiry.code)
                    .signed(expiry.sinceMs)
                    .signed(expiry.deadlineMs);
        }
        out.signed(revivedMs).signed(lastEventMs).signed(timerMs);
        failed.write(out);
    }

    private static RecipientMemory read(BinaryInput in) {
        return new RecipientMemory(
                in.unsigned(),
                in.signed(),
                in.flag(),
                in.signed(),
                in.signed(),
                in.list(BinaryInput::signed),
                in.signed(),
                in.text(),
                in.text(),
                in.optionalText(),
                in.signed(),
                in.flag() ? new Expiry(in.signed(), in.flag(), in.text(), in.text(), in.signed(), in.signed()) : null,
                in.signed(),
                in.signed(),
                in.signed(),
                Tallies.read(in));
    }
}
