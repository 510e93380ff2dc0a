package io.mailflow.monitor;

import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.PipelineProgress.Condition;
import io.mailflow.tracker.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far all sources together have come: the minimum of their progress. A source never heard of holds it back; a
 * source silent for the idle timeout of wall clock is left out until it speaks again. Where all were silent, be it that
 * the program was paused or a broker away, their silence says nothing: from the first one heard on it begins anew.
 *
 * @param sourceCount how many sources there are, 0 before the first heartbeat
 * @param sources what was heard of each
 * @param silentSinceMs wall clock from which the silence of sources counts at the earliest; a restart begins anew, so
 *     that its own downtime idles nobody
 * @param idleTimeout silence after which a source is left out
 */
record LowWatermark(int sourceCount, SortedMap<Integer, Source> sources, long silentSinceMs, Duration idleTimeout) {

    /** Not heard in this run. */
    static final long NEVER = Long.MIN_VALUE;

    LowWatermark {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    /**
     * A source's progress.
     *
     * @param progressMs event time up to which everything of it was received
     * @param spokenMs how far it has come by what it said itself
     * @param ended its end-of-input marker was read
     * @param heardMs wall clock at which it was last heard, {@link #NEVER} if not in this run
     */
    record Source(long progressMs, long spokenMs, boolean ended, long heardMs) {}

    /** Nothing heard yet. */
    static LowWatermark start(Duration idleTimeout, long nowMs) {
        return new LowWatermark(0, Collections.emptySortedMap(), nowMs, idleTimeout);
    }

    /** With one more heartbeat. The progress of a source never goes back, whatever order its heartbeats come in. */
    LowWatermark hear(Heartbeat heartbeat, long nowMs) {
        TreeMap<Integer, Source> heard = new TreeMap<>(sources);
        Source known = heard.get(heartbeat.source());
        if (known == null || known.progressMs <= heartbeat.progressMs()) {
            heard.put(
                    heartbeat.source(),
                    new Source(heartbeat.progressMs(), heartbeat.spokenMs(), heartbeat.ended(), nowMs));
        } else {
            heard.put(heartbeat.source(), new Source(known.progressMs, known.spokenMs, known.ended, nowMs));
        }
        boolean anybody = sources.values().stream().anyMatch(source -> isHeard(source, nowMs));
        return new LowWatermark(
                Math.max(sourceCount, heartbeat.sourceCount()), heard, anybody ? silentSinceMs : nowMs, idleTimeout);
    }

    /**
     * The minimum over the sources that count, empty while there is none.
     *
     * @param nowMs wall clock
     */
    OptionalLong progressMs(long nowMs) {
        if (sources.size() < sourceCount && silentSinceMs > nowMs - idleTimeout.toMillis()) {
            return OptionalLong.empty();
        }
        return sources.values().stream()
                .filter(source -> isHeard(source, nowMs))
                .mapToLong(Source::progressMs)
                .min();
    }

    private boolean isHeard(Source source, long nowMs) {
        return Math.max(source.heardMs, silentSinceMs) > nowMs - idleTimeout.toMillis();
    }

    /**
     * How each source looks.
     *
     * @param nowMs wall clock
     * @param lateness how far behind the wall clock a source is late
     */
    List<PipelineProgress.Source> conditions(long nowMs, Duration lateness) {
        return IntStream.range(0, sourceCount)
                .mapToObj(source -> {
                    Source known = sources.get(source);
                    return new PipelineProgress.Source(
                            source,
                            known == null ? null : Instant.ofEpochMilli(known.progressMs),
                            condition(known, nowMs, lateness));
                })
                .toList();
    }

    private Condition condition(@Nullable Source source, long nowMs, Duration lateness) {
        if (source != null && source.ended) {
            return Condition.ENDED;
        }
        long heardMs = source == null ? NEVER : source.heardMs;
        if (Math.max(heardMs, silentSinceMs) <= nowMs - idleTimeout.toMillis()) {
            return Condition.DEAD;
        }
        if (source == null || heardMs == NEVER) {
            return Condition.RESTORING;
        }
        return nowMs - source.progressMs > lateness.toMillis() ? Condition.LATE : Condition.CURRENT;
    }

    /** How far any source has come by what it said itself: from then on an input that ends is silent. */
    long spokenMs() {
        return sources.values().stream().mapToLong(Source::spokenMs).max().orElse(Long.MIN_VALUE);
    }

    /** The final clock, once every source has ended. */
    OptionalLong endedMs() {
        boolean all = sourceCount > 0
                && sources.size() >= sourceCount
                && sources.values().stream().allMatch(Source::ended);
        return all ? sources.values().stream().mapToLong(Source::progressMs).max() : OptionalLong.empty();
    }
}
