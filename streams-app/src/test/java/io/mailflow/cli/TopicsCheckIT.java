package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.serde.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicsCheckIT {

    @TempDir
    private Path dir;

    @Test
    void shouldFindEveryDifferenceAndTheCommandThatMendsIt() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
            String servers = broker.bootstrapServers();
            CommandRun missing = CommandRun.of("topics", "check", "--bootstrap-servers", servers);
            assertThat(missing.code()).isEqualTo(1);
            assertThat(missing.out())
                    .contains("mailflow.trace-events: exists is no, expected yes. To mend it:")
                    .contains("  mailflow topics create --bootstrap-servers " + servers);

            CommandRun.of("topics", "create", "--partitions", "3", "--bootstrap-servers", servers);
            CommandRun fine = CommandRun.of("topics", "check", "--partitions", "3", "--bootstrap-servers", servers);
            assertThat(fine.out()).contains("All is as mailflow needs it on " + servers);
            assertThat(fine.code()).isZero();
            assertThat(CommandRun.of("topics", "check", "--bootstrap-servers", servers)
                            .code())
                    .as("more partitions than asked for are well")
                    .isZero();

            assertThat(fine.out())
                    .as("durations as people read them")
                    .containsPattern("retention\\.ms +7d or more +7d\n")
                    .doesNotContainPattern("\\.ms .*\\d{5}");

            change(servers);
            assertThat(CommandRun.of("topics", "check", "--partitions", "3", "--bootstrap-servers", servers)
                            .out())
                    .contains("mailflow.alerts: retention.ms is 1s, expected 90d or more. To mend it:")
                    .contains("'retention.ms=7776000000'");
            CommandRun run =
                    CommandRun.of("topics", "check", "--partitions", "4", "--json", "--bootstrap-servers", servers);
            assertThat(run.code()).isEqualTo(1);
            assertThat(differences(Json.MAPPER.readTree(run.out())))
                    .containsExactly(
                            "mailflow.trace-events partitions 3: kafka-topics.sh --bootstrap-server " + servers
                                    + " --alter --topic mailflow.trace-events --partitions 4   # before anything is"
                                    + " written to it: keys move to other partitions",
                            "mailflow.alerts retention.ms 1000: kafka-configs.sh --bootstrap-server " + servers
                                    + " --alter --entity-type topics --entity-name mailflow.alerts --add-config"
                                    + " 'retention.ms=7776000000'",
                            "mailflow.connector-failures cleanup.policy delete: kafka-configs.sh --bootstrap-server "
                                    + servers + " --alter --entity-type topics --entity-name"
                                    + " mailflow.connector-failures --add-config 'cleanup.policy=[compact,delete]'",
                            "mailflow.connector-health min.insync.replicas 2: kafka-configs.sh --bootstrap-server "
                                    + servers + " --alter --entity-type topics --entity-name"
                                    + " mailflow.connector-health --add-config 'min.insync.replicas=1'",
                            "mailflow.progress message.timestamp.type CreateTime: kafka-configs.sh --bootstrap-server "
                                    + servers + " --alter --entity-type topics --entity-name mailflow.progress"
                                    + " --add-config 'message.timestamp.type=LogAppendTime'",
                            "mailflow.ingest-positions partitions 2: kafka-topics.sh --bootstrap-server " + servers
                                    + " --delete --topic mailflow.ingest-positions && mailflow topics create"
                                    + " --bootstrap-servers " + servers + "   # what it holds is lost");
        }
    }

    private static List<String> differences(JsonNode json) {
        List<String> differences = new ArrayList<>();
        for (JsonNode check : json.get("checks")) {
            if (!check.get("ok").asBoolean()) {
                differences.add(
                        check.get("topic").asText() + " " + check.get("setting").asText() + " "
                                + check.get("actual").asText() + ": "
                                + check.get("mend").asText());
            }
        }
        return differences;
    }

    private static void change(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.incrementalAlterConfigs(Map.of(
                            topic(Topics.ALERTS), set("retention.ms", "1000"),
                            topic(Topics.CONNECTOR_FAILURES), set("cleanup.policy", "delete"),
                            topic(Topics.CONNECTOR_HEALTH), set("min.insync.replicas", "2"),
                            topic(Topics.PROGRESS), set("message.timestamp.type", "CreateTime")))
                    .all()
                    .get();
            admin.createPartitions(Map.of(Topics.INGEST_POSITIONS, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
        }
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static List<AlterConfigOp> set(String key, String value) {
        return List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
    }
}
