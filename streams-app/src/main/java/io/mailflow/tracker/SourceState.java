package io.mailflow.tracker;

import io.mailflow.schema.Accounting;
import io.mailflow.serde.BinarySerde;
import org.apache.kafka.common.serialization.Serde;

/**
 * How far the tracker has come with its source partition.
 *
 * @param progressMs event time up to which nothing new is expected and everything due has run,
 *     {@link Standing#NEVER} before the first
 * @param wantedMs progress that the events allow; ahead of {@code progressMs} while timers wait for their turn
 * @param spokenMs progress that the events and progress marks allow, without the end-of-input marker
 * @param ended the end-of-input marker was read
 * @param emitted the monitor has been told all this
 * @param accounting what became of the events
 */
public record SourceState(
        long progressMs, long wantedMs, long spokenMs, boolean ended, boolean emitted, Accounting accounting) {

    /** Nothing read yet. */
    public static final SourceState START =
            new SourceState(Standing.NEVER, Standing.NEVER, Standing.NEVER, false, true, Accounting.NONE);

    /** Its binary form. */
    public static final Serde<SourceState> SERDE = BinarySerde.of(
            2,
            (out, state) -> out.signed(state.progressMs)
                    .signed(state.wantedMs)
                    .signed(state.spokenMs)
                    .flag(state.ended)
                    .flag(state.emitted)
                    .signed(state.accounting.counted())
                    .signed(state.accounting.duplicates())
                    .signed(state.accounting.notAttempts())
                    .signed(state.accounting.late())
                    .signed(state.accounting.future()),
            in -> new SourceState(
                    in.signed(),
                    in.signed(),
                    in.signed(),
                    in.flag(),
                    in.flag(),
                    new Accounting(in.signed(), in.signed(), in.signed(), in.signed(), in.signed())));

    /** The events allow progress up to {@code ms}; it never goes back, and after an end the source goes on. */
    SourceState wanting(long ms) {
        return new SourceState(
                progressMs,
                Math.max(wantedMs, ms),
                Math.max(spokenMs, ms),
                ended && ms <= wantedMs,
                emitted,
                accounting);
    }

    /** The writer spoke, so that it does not count as silent even if it said nothing new. */
    SourceState heard() {
        return new SourceState(progressMs, wantedMs, spokenMs, ended, false, accounting);
    }

    /** The input ends at the final clock. */
    SourceState endedAt(long ms) {
        return new SourceState(progressMs, Math.max(wantedMs, ms), spokenMs, true, false, accounting);
    }

    /** Everything due up to {@code ms} has run. */
    SourceState reached(long ms) {
        long reached = Math.max(progressMs, ms);
        return new SourceState(reached, wantedMs, spokenMs, ended, emitted && reached == progressMs, accounting);
    }

    /** The monitor has been told. */
    SourceState told() {
        return new SourceState(progressMs, wantedMs, spokenMs, ended, true, accounting);
    }

    /** Some events are accounted for. */
    SourceState plus(Accounting more) {
        return new SourceState(progressMs, wantedMs, spokenMs, ended, false, accounting.plus(more));
    }
}
