package io.mailflow.route;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.RouteSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A router in a process of its own, so that a test can kill it. */
final class RouterProcess implements AutoCloseable {

    private final Process process;

    private RouterProcess(Process process) {
        this.process = process;
    }

    static RouterProcess start(String brokers, URI alertmanager, Path log) {
        try {
            return new RouterProcess(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RouterProcess.class.getName(),
                            brokers,
                            alertmanager.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                    .start());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static MailflowConfig config(String brokers, List<URI> alertmanagers) {
        return MailflowConfig.DEFAULT
                .withKafka(KafkaSettings.DEFAULT.withBootstrapServers(brokers))
                .withRoute(new RouteSettings(
                        alertmanagers,
                        null,
                        null,
                        null,
                        URI.create("https://mailflow.contoso.example"),
                        "https://wiki.contoso.example/mail/{entry}",
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        "mail-team",
                        "partner-desk",
                        "service-desk"));
    }

    static Router router(String brokers, URI... alertmanagers) {
        return Router.start(
                config(brokers, List.of(alertmanagers)), Map.of("bootstrap.servers", brokers), InstantSource.system());
    }

    /** Routes until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Router router = router(arguments[0], URI.create(arguments[1]))) {
            System.out.println(router.counts());
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
