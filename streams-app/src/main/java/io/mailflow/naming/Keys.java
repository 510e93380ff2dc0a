package io.mailflow.naming;

import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.PipelineProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keys of the topics: parts joined by {@code /}. A slash inside a part is written {@code %2F} and a percent sign
 * {@code %25}, so that every key has exactly one reading.
 */
public final class Keys {

    private Keys() {}

    /** The parts in one key. */
    public static String join(String... parts) {
        return Arrays.stream(parts).map(Keys::escaped).collect(Collectors.joining("/"));
    }

    /** The parts of a key; whatever is not an escape stands for itself. */
    public static List<String> split(String key) {
        return Arrays.stream(key.split("/", -1)).map(Keys::unescaped).toList();
    }

    /** {@code tenant/connector}. */
    public static String connector(String tenant, String name) {
        return join(tenant, name);
    }

    /** {@code tracker/partition} or {@code monitor/partition}. */
    public static String progress(PipelineProgress progress) {
        String stage = switch (progress.stage()) {
            case TRACKER -> "tracker";
            case MONITOR -> "monitor";
        };
        return join(stage, Integer.toString(progress.partition()));
    }

    /**
     * The identity of an event's message, which is also the key of its record: the network message id, else the
     * Message-ID, else {@code server/internal id}. Empty if the event names no message; an internal id alone does not,
     * for every server counts its own from one.
     */
    public static Optional<String> message(MessageTraceEvent event) {
        if (event.networkMessageId() != null) {
            return Optional.of(event.networkMessageId());
        }
        if (event.messageId() != null) {
            return Optional.of(event.messageId());
        }
        return event.server() == null || event.internalMessageId() == null
                ? Optional.empty()
                : Optional.of(join(event.server(), event.internalMessageId()));
    }

    private static String escaped(String part) {
        return part.indexOf('/') < 0 && part.indexOf('%') < 0
                ? part
                : part.replace("%", "%25").replace("/", "%2F");
    }

    private static String unescaped(String part) {
        return part.indexOf('%') < 0 ? part : part.replace("%2F", "/").replace("%25", "%");
    }
}
