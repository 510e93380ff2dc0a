package io.mailflow.tracker;

import io.mailflow.reply.Reply;
import io.mailflow.schema.Destination;
import io.mailflow.schema.MessageTraceEvent;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes evidence of failed attempts: without addresses, and short. */
final class FailureSamples {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),;:\\[\\]@]++@[^\\s<>\"'(),;:\\[\\]@]++");
    private static final int TEXT = 400;
    private static final int LOOKED_THROUGH = 4_000;

    private FailureSamples() {}

    /** What one failed attempt shows. */
    static FailureSample of(RecipientKey key, MessageTraceEvent event, Reply reply) {
        Optional<Destination> told = reply.destination();
        Optional<Destination> row = Optional.ofNullable(event.destination());
        return new FailureSample(
                reply.code(),
                event.timestamp().toEpochMilli(),
                key.message().id(),
                told.map(Destination::host).or(() -> row.map(Destination::host)).orElse(null),
                told.map(Destination::ip).or(() -> row.map(Destination::ip)).orElse(null),
                withoutAddresses(event.reply()),
                1);
    }

    /** Alerts carry no address; a reply may. */
    private static @Nullable String withoutAddresses(@Nullable String text) {
        if (text == null) {
            return null;
        }
        // First masked, then cut: of an address cut in two the mask would not know the first half. What is looked
        // through is cut between words, so that a text of any size costs little.
        boolean huge = text.length() > LOOKED_THROUGH;
        String looked = huge ? text.substring(0, Math.max(0, text.lastIndexOf(' ', LOOKED_THROUGH))) : text;
        String masked =
                looked.indexOf('@') < 0 ? looked : ADDRESS.matcher(looked).replaceAll("<address>");
        return huge || masked.length() > TEXT ? masked.substring(0, Math.min(masked.length(), TEXT)) + "…" : masked;
    }
}
