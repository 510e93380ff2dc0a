package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.WebSettings;
import io.mailflow.naming.Topics;
import io.mailflow.route.Router;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.runtime.WebSide;
import io.mailflow.serde.Json;
import io.mailflow.topology.MailflowTopology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on a real broker: each tells of both. */
@Timeout(240)
class InstancesIT {

    private static final int SOURCES = 4;
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    /** An instance with its page. */
    private record Instance(Pipeline pipeline, Router router, WebSide web) implements AutoCloseable {

        static Instance start(EmbeddedBroker broker, Path stateDir) throws IOException {
            MailflowConfig config = config(broker, stateDir);
            Pipeline pipeline = Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
            Router router = Clients.router(config);
            return new Instance(pipeline, router, WebSide.start(config, pipeline, router));
        }

        JsonNode group() throws IOException {
            return Json.MAPPER
                    .readTree(URI.create(web.url() + "api/v1/pipeline").toURL().openStream())
                    .get("group");
        }

        @Override
        public void close() throws IOException {
            web.close();
            router.close();
            pipeline.close();
        }
    }

    @Test
    @SuppressWarnings("try") // the broker goes before the instance does
    void shouldTellOfEveryInstanceFromEachOfThem() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
            KafkaSettings kafka = config(broker, directory).kafka();
            TopicProvisioner.provision(kafka, Topics.all(kafka));
            try (Instance first = Instance.start(broker, directory.resolve("first"))) {
                try (Instance second = Instance.start(broker, directory.resolve("second"))) {
                    Awaitility.await("both share all sources, each of them says")
                            .atMost(SOON)
                            .until(() -> shared(first.group(), 2) && shared(second.group(), 2));

                    JsonNode one = first.group();
                    JsonNode other = second.group();
                    assertThat(names(one)).isEqualTo(names(other)).doesNotHaveDuplicates();
                    assertThat(answering(one)).hasSize(1).doesNotContainAnyElementsOf(answering(other));
                    assertThat(one.get("problem").isNull()).isTrue();
                    assertThat(one.findValuesAsText("host")).containsOnly("127.0.0.1");
                }
                Awaitility.await("the one that is left").atMost(SOON).until(() -> shared(first.group(), 1));
                assertThat(names(first.group())).isEqualTo(answering(first.group()));

                broker.close();
                Awaitility.await("the brokers are gone, and what was known stays")
                        .atMost(SOON)
                        .until(() -> !first.group().get("problem").isNull());
                assertThat(names(first.group())).hasSize(1);
            }
        }
    }

    /** Whether so many instances read each source once between them. */
    private static boolean shared(JsonNode group, int instances) {
        List<Integer> sources = new ArrayList<>();
        for (JsonNode share : group.findValues("partitions").stream()
                .flatMap(shares -> shares.findParents("topic").stream())
                .toList()) {
            if (share.get("topic").asText().equals(Topics.TRACE_EVENTS)) {
                sources.add(share.get("partition").asInt());
            }
        }
        boolean each = true;
        for (JsonNode instance : group.get("instances")) {
            each &= !instance.findValues("topic").isEmpty();
        }
        return each
                && group.get("instances").size() == instances
                && sources.size() == SOURCES
                && sources.containsAll(List.of(0, 1, 2, 3));
    }

    private static List<String> names(JsonNode group) {
        List<String> names = new ArrayList<>();
        group.get("instances")
                .forEach(instance -> names.add(instance.get("name").asText()));
        return names;
    }

    private static List<String> answering(JsonNode group) {
        List<String> names = new ArrayList<>();
        group.get("instances").forEach(instance -> {
            if (instance.get("answering").asBoolean()) {
                names.add(instance.get("name").asText());
            }
        });
        return names;
    }

    private static MailflowConfig config(EmbeddedBroker broker, Path stateDir) {
        return MailflowConfig.DEFAULT
                .withKafka(KafkaSettings.DEFAULT
                        .withBootstrapServers(broker.bootstrapServers())
                        .withSourcePartitions(SOURCES)
                        .withStateDir(stateDir))
                .withWeb(WebSettings.DEFAULT.withPort(0));
    }
}
