package io.mailflow.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Kafka properties that the program sets itself and {@code kafka.properties} may not: the guarantees and the format
 * of state and topics hang on them.
 */
public final class OwnedProperties {

    /** Each has its own key in {@code mailflow.yaml}. */
    private static final Map<String, String> BY_KEY = Map.of(
            "bootstrap.servers", "kafka.bootstrap-servers",
            "application.id", "kafka.application-id",
            "state.dir", "kafka.state-dir",
            "num.stream.threads", "kafka.threads",
            "num.standby.replicas", "kafka.standby-replicas",
            "replication.factor", "kafka.replication-factor",
            "commit.interval.ms", "kafka.commit-interval");

    private static final Set<String> FIXED = Set.of(
            "processing.guarantee",
            "ensure.explicit.internal.resource.naming",
            "errors.dead.letter.queue.topic.name",
            "deserialization.exception.handler",
            "default.deserialization.exception.handler",
            "processing.exception.handler",
            "processing.exception.handler.global.enabled",
            "production.exception.handler",
            "default.production.exception.handler",
            "topology.optimization",
            "default.key.serde",
            "default.value.serde",
            "default.timestamp.extractor",
            "default.dsl.store",
            "dsl.store.suppliers.class",
            "group.id",
            "transactional.id",
            "enable.idempotence",
            "acks",
            "isolation.level",
            "enable.auto.commit",
            "auto.offset.reset",
            "partitioner.class",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer");

    /** Longest first, as {@code main.consumer.} must not be read as a key of its own. */
    private static final List<String> PREFIXES =
            List.of("restore.consumer.", "global.consumer.", "main.consumer.", "consumer.", "producer.", "admin.");

    private OwnedProperties() {}

    /** What is expected instead of this property, or empty if it may be set. */
    public static Optional<String> reasonAgainst(String property) {
        String bare = PREFIXES.stream()
                .filter(property::startsWith)
                .findFirst()
                .map(prefix -> property.substring(prefix.length()))
                .orElse(property);
        String ownKey = BY_KEY.get(bare);
        if (ownKey != null) {
            return Optional.of("the key " + ownKey + " instead of this property");
        }
        return FIXED.contains(bare)
                ? Optional.of("this property to be left alone: the program's guarantees need its own value")
                : Optional.empty();
    }
}
