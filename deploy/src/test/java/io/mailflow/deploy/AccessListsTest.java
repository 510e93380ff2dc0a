package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.TopicSpec;
import io.mailflow.naming.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access lists: what {@code acls.sh} would tell Kafka's tool. */
class AccessListsTest {

    private static final Path SCRIPT = Shipped.DEPLOY.resolve("kafka/acls.sh");

    @TempDir
    Path folder;

    @Test
    void programMayUseEveryTopicOfItsOwn() throws Exception {
        List<String> commands = commands("broker:9092", "User:mailflow", "User:feeder");

        assertThat(commands)
                .anySatisfy(command -> assertThat(command)
                        .contains(
                                "--allow-principal User:mailflow", "--resource-pattern-type prefixed --topic mailflow ")
                        .contains("--operation Read", "--operation Write", "--operation Create"));
        assertThat(Topics.all(KafkaSettings.DEFAULT))
                .extracting(TopicSpec::name)
                .allMatch(name -> name.startsWith("mailflow."));
        assertThat(KafkaSettings.DEFAULT.applicationId()).startsWith("mailflow");
    }

    @Test
    void whoFeedsMayNotMakeOrDeleteTopics() throws Exception {
        assertThat(commands("broker:9092", "User:mailflow", "User:feeder"))
                .filteredOn(command -> command.contains("User:feeder"))
                .isNotEmpty()
                .noneMatch(command -> command.contains("Create") || command.contains("Delete"));
    }

    @Test
    void furtherOptionsReachTheTool() throws Exception {
        assertThat(commands("broker:9092", "User:a", "User:b", "--command-config", "admin.properties"))
                .isNotEmpty()
                .allMatch(command ->
                        command.contains("--bootstrap-server broker:9092 --command-config admin.properties"));
    }

    @Test
    void missingArgumentsAreExplained() throws Exception {
        Process process = start("broker:9092");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Usage: acls.sh");
    }

    private List<String> commands(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        assertThat(process.waitFor()).isZero();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Runs the script with a tool that prints what it was told. */
    private Process start(String... arguments) throws IOException {
        Path tool = Files.writeString(folder.resolve("kafka-acls.sh"), "#!/bin/sh\necho \"$@\"\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("KAFKA_ACLS", tool.toString());
        return builder.start();
    }
}
