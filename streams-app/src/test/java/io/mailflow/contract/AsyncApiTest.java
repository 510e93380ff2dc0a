package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.KafkaSettings;
import io.mailflow.contract.AsyncApi.Channel;
import io.mailflow.naming.TopicSpec;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The AsyncAPI document says of each topic what {@link Topics} makes of it. */
class AsyncApiTest {

    /** Numbers of partitions that tell where they came from. */
    private static final KafkaSettings SETTINGS = new KafkaSettings(
            "localhost:9092", "mailflow", Path.of("state"), 2, 0, 3, 12, 6, Duration.ofMillis(100), Map.of());

    static List<Channel> channels() {
        return AsyncApi.channels();
    }

    @Test
    void shouldHaveOneChannelForEachTopicInTheSameOrder() {
        assertThat(channels().stream().map(Channel::topic))
                .containsExactlyElementsOf(
                        Topics.all(SETTINGS).stream().map(TopicSpec::name).toList());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void shouldTellTheSettingsOfItsTopic(Channel channel) {
        Map<String, String> told = new HashMap<>();
        channel.kafka()
                .get("topicConfiguration")
                .properties()
                .forEach(
                        setting -> told.put(setting.getKey(), setting.getValue().asText()));
        told.put("cleanup.policy", channel.cleanup());

        assertThat(channel.kafka().get("topic").asText()).isEqualTo(channel.topic());
        assertThat(told).isEqualTo(spec(channel, SETTINGS).config());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void shouldTellWhatDecidesItsPartitions(Channel channel) {
        int expected = switch (channel.node().path("x-partitions-setting").asText()) {
            case "kafka.source-partitions" -> SETTINGS.sourcePartitions();
            case "kafka.connector-partitions" -> SETTINGS.connectorPartitions();
            default -> channel.kafka().get("partitions").asInt();
        };

        assertThat(spec(channel, SETTINGS).partitions()).isEqualTo(expected);
        assertThat(channel.kafka().get("partitions").asInt())
                .isEqualTo(spec(channel, KafkaSettings.DEFAULT).partitions());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void shouldReferToASchemaUnlessTheValueIsNotJson(Channel channel) {
        if (channel.topic().equals(Topics.DEAD_LETTERS)) {
            assertThat(channel.message().has("payload")).isFalse();
            assertThat(channel.message().get("contentType").asText()).isEqualTo("application/octet-stream");
        } else {
            assertThat(Alert.class.getResource(channel.schema()))
                    .as(channel.schema())
                    .isNotNull();
            assertThat(channel.message().at("/payload/schemaFormat").asText())
                    .isEqualTo("application/schema+json;version=2020-12");
        }
    }

    @Test
    void shouldReferToChannelsAndMessagesThatAreThere() {
        List<JsonNode> references = AsyncApi.DOCUMENT.findValues("$ref");
        assertThat(references)
                .extracting(JsonNode::asText)
                .filteredOn(reference -> reference.startsWith("#"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                AsyncApi.DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static TopicSpec spec(Channel channel, KafkaSettings settings) {
        return Topics.all(settings).stream()
                .filter(topic -> topic.name().equals(channel.topic()))
                .findFirst()
                .orElseThrow();
    }
}
