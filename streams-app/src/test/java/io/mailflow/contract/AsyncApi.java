package io.mailflow.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mailflow.schema.Alert;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The AsyncAPI document, by channel. */
final class AsyncApi {

    static final JsonNode DOCUMENT = read();

    private AsyncApi() {}

    /** Every topic, in the document's order. */
    static List<Channel> channels() {
        return DOCUMENT.get("channels").properties().stream()
                .map(channel -> new Channel(channel.getKey(), channel.getValue()))
                .toList();
    }

    /** The topic of that name. */
    static Channel channel(String topic) {
        return channels().stream()
                .filter(channel -> channel.topic().equals(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the document has no channel for " + topic));
    }

    /**
     * One topic as the document tells of it.
     *
     * @param name the channel's name
     * @param node what stands under it
     */
    record Channel(String name, JsonNode node) {

        String topic() {
            return node.path("address").asText();
        }

        JsonNode kafka() {
            return node.at("/bindings/kafka");
        }

        /** The only kind of message on it. */
        JsonNode message() {
            JsonNode reference = node.get("messages").elements().next();
            return DOCUMENT.at(reference.get("$ref").asText().substring(1));
        }

        /** File name of its value's schema, empty if the value is not JSON. */
        String schema() {
            return message().at("/payload/schema/$ref").asText();
        }

        /** Its key in words. */
        String key() {
            return message().at("/bindings/kafka/key/description").asText();
        }

        /** Its cleanup policy as Kafka writes it. */
        String cleanup() {
            return StreamSupport.stream(
                            kafka().at("/topicConfiguration/cleanup.policy").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static JsonNode read() {
        try (InputStream yaml = Alert.class.getResourceAsStream("asyncapi.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(Objects.requireNonNull(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
