package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.WebSettings;
import io.mailflow.naming.Topics;
import io.mailflow.route.Router;
import io.mailflow.topology.MailflowTopology;
import io.mailflow.web.WebException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WebSideIT {

    /** Threads of what the web side opens: database, feed, group watch, metrics of the stream, HTTP server. */
    private static final Pattern ITS_THREADS =
            Pattern.compile("read-model.*|group-watch|micrometer-kafka-metrics.*|Jetty.*|qtp.*|event.*");

    @TempDir
    Path directory;

    @Test
    void shouldLeaveNothingOpenWhereItCannotListen() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
            MailflowConfig config = MailflowConfig.DEFAULT
                    .withKafka(KafkaSettings.DEFAULT
                            .withBootstrapServers(broker.bootstrapServers())
                            .withStateDir(directory.resolve("state")))
                    .withWeb(WebSettings.DEFAULT.withPort(0));
            TopicProvisioner.provision(config.kafka(), Topics.all(config.kafka()));
            try (Pipeline pipeline =
                            Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
                    Router router = Clients.router(config)) {
                Set<Thread> before = itsThreads();
                try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    MailflowConfig there = config.withWeb(WebSettings.DEFAULT.withPort(taken.getLocalPort()));
                    assertThatThrownBy(() -> WebSide.start(there, pipeline, router))
                            .isInstanceOf(WebException.class)
                            .hasMessageContaining("is taken");
                }
                Awaitility.await("its threads to end")
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> {
                            Set<Thread> left = itsThreads();
                            left.removeAll(before);
                            assertThat(left).isEmpty();
                        });

                try (WebSide web = WebSide.start(config, pipeline, router)) {
                    assertThat(status(web.url() + "health/live")).isEqualTo(200);
                }
            }
        }
    }

    private static Set<Thread> itsThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> ITS_THREADS.matcher(thread.getName()).matches())
                .collect(Collectors.toSet());
    }

    private static int status(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .statusCode();
    }
}
