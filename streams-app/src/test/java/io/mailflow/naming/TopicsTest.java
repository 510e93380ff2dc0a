package io.mailflow.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.KafkaSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private static final KafkaSettings SETTINGS = new KafkaSettings(
            "localhost:9092", "mailflow", Path.of("state"), 2, 0, 3, 12, 6, Duration.ofMillis(100), Map.of());

    /** Names, partitions and policies are public: whoever changes this test writes an ADR. */
    @Test
    void shouldSpecifyEveryTopic() {
        assertThat(Topics.all(SETTINGS).stream().map(TopicsTest::summary))
                .containsExactly(
                        "mailflow.trace-events 12 delete P7D",
                        "mailflow.dead-letters 1 delete P30D",
                        "mailflow.late-events 1 delete P30D",
                        "mailflow.connectors 1 compact",
                        "mailflow.alerts 6 delete P90D",
                        "mailflow.alert-state 6 compact",
                        "mailflow.connector-failures 6 compact,delete P730D",
                        "mailflow.connector-health 6 compact",
                        "mailflow.progress 1 compact",
                        "mailflow.ingest-positions 1 compact",
                        "mailflow.redrives 1 compact",
                        "mailflow.incidents 1 compact,delete P365D");
    }

    @Test
    void shouldSpecifyEachNameOnce() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : Topics.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                names.add((String) field.get(null));
            }
        }

        assertThat(Topics.all(SETTINGS).stream().map(TopicSpec::name)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void shouldTimeRetentionByArrivalSoThatOldHistoryIsKept() {
        assertThat(Topics.all(SETTINGS))
                .allSatisfy(
                        topic -> assertThat(topic.config()).containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    private static String summary(TopicSpec topic) {
        String retention = topic.config().get("retention.ms");
        return topic.name() + " " + topic.partitions() + " " + topic.config().get("cleanup.policy")
                + (retention == null
                        ? ""
                        : " P" + Duration.ofMillis(Long.parseLong(retention)).toDays() + "D");
    }
}
