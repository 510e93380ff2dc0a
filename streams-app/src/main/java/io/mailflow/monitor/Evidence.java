package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.tracker.FailureSample;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bounded samples of the failures of one code: no sum, best effort, but the same whatever order samples of one minute
 * come in.
 *
 * @param messages some failing messages, newest first
 * @param destinations the servers most attempts failed at, most attempts first
 * @param lastError newest reply text, or null if none was seen
 * @param lastErrorMs when it was said, epoch milliseconds
 */
record Evidence(
        List<Message> messages,
        List<Tally> destinations,
        @Nullable String lastError,
        long lastErrorMs) {

    /** How many messages are kept. */
    static final int MESSAGES = 5;

    /** How many destinations are kept; more than are shown, so that one that grows is noticed. */
    static final int DESTINATIONS = 20;

    static final Evidence NONE = new Evidence(List.of(), List.of(), null, Long.MIN_VALUE);

    private static final Comparator<Message> NEWEST_FIRST =
            Comparator.comparingLong(Message::atMs).reversed().thenComparing(Message::id);

    private static final Comparator<Tally> MOST_ATTEMPTS_FIRST = Comparator.comparingLong(Tally::attempts)
            .reversed()
            .thenComparing(Tally::host, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Tally::ip, Comparator.nullsLast(Comparator.naturalOrder()));

    Evidence {
        messages = List.copyOf(messages);
        destinations = List.copyOf(destinations);
    }

    /** A failing message and its newest failure. */
    record Message(String id, long atMs) {}

    /** A destination, the sampled attempts that failed there, and its newest reply. */
    record Tally(
            @Nullable String host,
            @Nullable String ip,
            long attempts,
            @Nullable String lastError,
            long lastErrorMs) {}

    private record Server(@Nullable String host, @Nullable String ip) {}

    /** With the samples of one more minute. */
    Evidence plus(Collection<FailureSample> samples) {
        if (samples.isEmpty()) {
            return this;
        }
        Map<String, Message> newest = new HashMap<>();
        messages.forEach(message -> newest.put(message.id, message));
        Map<Server, Tally> tallies = new HashMap<>();
        destinations.forEach(tally -> tallies.put(new Server(tally.host, tally.ip), tally));
        String error = lastError;
        long errorMs = lastErrorMs;
        for (FailureSample sample : samples) {
            newest.merge(
                    sample.message(), new Message(sample.message(), sample.atMs()), (a, b) -> a.atMs >= b.atMs ? a : b);
            if (sample.host() != null || sample.ip() != null) {
                tallies.merge(
                        new Server(sample.host(), sample.ip()),
                        new Tally(sample.host(), sample.ip(), sample.attempts(), sample.lastError(), sample.atMs()),
                        Evidence::sum);
            }
            if (sample.lastError() != null && newer(sample.atMs(), sample.lastError(), errorMs, error)) {
                error = sample.lastError();
                errorMs = sample.atMs();
            }
        }
        return new Evidence(
                newest.values().stream().sorted(NEWEST_FIRST).limit(MESSAGES).toList(),
                tallies.values().stream()
                        .sorted(MOST_ATTEMPTS_FIRST)
                        .limit(DESTINATIONS)
                        .toList(),
                error,
                errorMs);
    }

    private static Tally sum(Tally a, Tally b) {
        boolean first = b.lastError == null
                || (a.lastError != null && !newer(b.lastErrorMs, b.lastError, a.lastErrorMs, a.lastError));
        return new Tally(
                a.host,
                a.ip,
                a.attempts + b.attempts,
                first ? a.lastError : b.lastError,
                first ? a.lastErrorMs : b.lastErrorMs);
    }

    /** Of two at the same instant the smaller text counts as newer, so that their order does not matter. */
    private static boolean newer(long atMs, String error, long thanMs, @Nullable String than) {
        return than == null || atMs > thanMs || (atMs == thanMs && error.compareTo(Objects.requireNonNull(than)) < 0);
    }

    void write(BinaryOutput out) {
        out.list(messages, (o, message) -> o.text(message.id).signed(message.atMs))
                .list(
                        destinations,
                        (o, tally) -> o.optionalText(tally.host)
                                .optionalText(tally.ip)
                                .signed(tally.attempts)
                                .optionalText(tally.lastError)
                                .signed(tally.lastErrorMs))
                .optionalText(lastError)
                .signed(lastErrorMs);
    }

    static Evidence read(BinaryInput in) {
        return new Evidence(
                in.list(i -> new Message(i.text(), i.signed())),
                in.list(i -> new Tally(i.optionalText(), i.optionalText(), i.signed(), i.optionalText(), i.signed())),
                in.optionalText(),
                in.signed());
    }
}
