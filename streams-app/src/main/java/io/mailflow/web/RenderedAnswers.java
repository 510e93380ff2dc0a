package io.mailflow.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers as bytes, each made once for every state of the read model: whoever asks the same meanwhile gets the same
 * bytes, and waits where somebody else is making them. Thread-safe.
 */
final class RenderedAnswers {

    private static final long MOST_BYTES = 32L << 20;

    private final LongSupplier version;
    private final Cache<Object, Kept> kept = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Object question, Kept answer) ->
                    question.toString().length() + answer.rendered().body().length)
            .build();

    /** @param version of what answers are made from: another one, another answer */
    RenderedAnswers(LongSupplier version) {
        this.version = version;
    }

    /** An answer of at least this version; what is read while it is made may be newer. */
    private record Kept(long version, Rendered rendered) {}

    /**
     * The answer to a question.
     *
     * @param question everything that the answer depends on, but for the version; with equality and a short text
     * @param answer makes it; what it throws is thrown, and nothing is kept
     */
    Rendered of(Object question, Supplier<Rendered> answer) {
        // Before anything is read: an answer is never older than what it is kept for.
        long now = version.getAsLong();
        Kept known = kept.getIfPresent(question);
        if (known == null || known.version() < now) {
            known = kept.asMap()
                    .compute(
                            question,
                            (same, before) ->
                                    before != null && before.version() >= now ? before : new Kept(now, answer.get()));
        }
        return Objects.requireNonNull(known).rendered();
    }

    /** How much is kept now. */
    long bytes() {
        kept.cleanUp();
        return kept.asMap().values().stream()
                .mapToLong(answer -> answer.rendered().body().length)
                .sum();
    }
}
