package io.mailflow.ingest;

import io.mailflow.schema.Redrive.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what was put aside on a cluster. */
public final class DeadLetters {

    private DeadLetters() {}

    /** Takes one letter. */
    @FunctionalInterface
    public interface Taker {
        /** Takes it. */
        void take(DeadLetter letter) throws IOException;
    }

    /** Gives every letter of a topic that is meant, in its order. */
    public static void each(Map<String, ?> clientConfig, String topic, LetterFilter filter, Taker taker)
            throws IOException {
        CommittedTopic.each(clientConfig, topic, message -> {
            DeadLetter letter = DeadLetter.of(message);
            if (filter.matches(letter)) {
                taker.take(letter);
            }
        });
    }

    /** The letter at that place, if it is still kept. */
    public static Optional<DeadLetter> at(Map<String, ?> clientConfig, Place place) throws IOException {
        List<DeadLetter> found = new ArrayList<>();
        each(
                clientConfig,
                place.topic(),
                new LetterFilter(Set.of(place), Optional.empty(), Optional.empty(), Optional.empty()),
                found::add);
        return found.stream().findFirst();
    }
}
