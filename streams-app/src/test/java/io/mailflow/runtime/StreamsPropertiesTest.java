package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.ConfigException;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsPropertiesTest {

    @Test
    void shouldCarryEverySettingOfTheFile() {
        Map<String, Object> properties = StreamsProperties.of(config(Map.of("security.protocol", "SSL")));

        assertThat(properties)
                .containsEntry("bootstrap.servers", "kafka-1.contoso.example:9093")
                .containsEntry("application.id", "mailflow-contoso")
                .containsEntry("state.dir", Path.of("state", "here").toString())
                .containsEntry("num.stream.threads", 4)
                .containsEntry("num.standby.replicas", 1)
                .containsEntry("replication.factor", 3)
                .containsEntry("commit.interval.ms", 250L)
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void shouldHoldWhatTheGuaranteesNeed() {
        StreamsConfig streams = new StreamsConfig(StreamsProperties.of(config(Map.of())));

        assertThat(streams.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(streams.getBoolean("ensure.explicit.internal.resource.naming"))
                .isTrue();
        assertThat(streams.getString("errors.dead.letter.queue.topic.name")).isEqualTo("mailflow.dead-letters");
        assertThat(streams.deserializationExceptionHandler()).isInstanceOf(LogAndContinueExceptionHandler.class);
        assertThat(streams.processingExceptionHandler()).isInstanceOf(DeadLetterOrStop.class);
        assertThat(streams.getBoolean("processing.exception.handler.global.enabled"))
                .isTrue();
        assertThat(streams.getMainConsumerConfigs("mailflow", "client", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("max.poll.records", 5_000);
        assertThat(streams.getProducerConfigs("client")).containsEntry("compression.type", "lz4");
    }

    @Test
    void shouldLetTheFileChangeTheTuning() {
        StreamsConfig streams = new StreamsConfig(
                StreamsProperties.of(config(Map.of("max.poll.records", "77", "producer.compression.type", "zstd"))));

        assertThat(streams.getMainConsumerConfigs("mailflow", "client", 0)).containsEntry("max.poll.records", "77");
        assertThat(streams.getProducerConfigs("client")).containsEntry("compression.type", "zstd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.guarantee",
                "application.id",
                "consumer.group.id",
                "producer.transactional.id",
                "main.consumer.auto.offset.reset",
                "processing.exception.handler"
            })
    void shouldRefuseWhatTheProgramOwns(String key) {
        assertThatThrownBy(() -> StreamsProperties.of(config(Map.of(key, "x"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("kafka.properties." + key + " is \"x\"; expected ");
    }

    /** Whatever we set ourselves beyond the tuning must be refused in the file, or it would be ignored silently. */
    @Test
    void shouldRefuseEveryKeyThatWouldBeOverwritten() {
        Map<String, Object> plain = StreamsProperties.of(config(Map.of()));

        plain.forEach((key, value) -> {
            try {
                assertThat(StreamsProperties.of(config(Map.of(key, "7"))))
                        .as("%s is either taken or refused", key)
                        .containsEntry(key, "7");
            } catch (ConfigException refused) {
                assertThat(refused).hasMessageContaining(key);
            }
        });
    }

    private static MailflowConfig config(Map<String, String> properties) {
        return MailflowConfig.DEFAULT.withKafka(new KafkaSettings(
                "kafka-1.contoso.example:9093",
                "mailflow-contoso",
                Path.of("state", "here"),
                4,
                1,
                3,
                12,
                6,
                Duration.ofMillis(250),
                properties));
    }
}
