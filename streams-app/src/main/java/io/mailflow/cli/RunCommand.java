package io.mailflow.cli;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.route.Router;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StopSignal;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.runtime.WebSide;
import io.mailflow.topology.MailflowTopology;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mailflow run}: one instance of the stream on a Kafka cluster, until it is stopped. */
@Command(
        name = "run",
        description =
                "Run an instance of the stream on a Kafka cluster until Ctrl-C. Start more instances with the same"
                        + " application id to share the work.")
final class RunCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of page, API and metrics; wins over web.port. 0 takes any free one.")
    private @Nullable Integer port;

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final InstantSource clock = InstantSource.system();

    @Override
    @SuppressWarnings("try") // the router needs nothing but to be closed
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        MailflowConfig loaded = WebPort.apply(options.load(), port);
        WebSide.checkPort(loaded);
        MailflowConfig configured = loaded.withCatalogue(
                loaded.catalogue().withLanguage(language.or(loaded.catalogue().language())));
        MailflowConfig config = configured.withKafka(TopicProvisioner.asProvisioned(configured.kafka()));
        if (config.kafka().sourcePartitions() != configured.kafka().sourcePartitions()) {
            out.printf(
                    "%s has %d partitions on the cluster, not %d as kafka.source-partitions says; going by the"
                            + " cluster.%n",
                    Topics.TRACE_EVENTS,
                    config.kafka().sourcePartitions(),
                    configured.kafka().sourcePartitions());
            out.flush();
        }
        try (StopSignal stop = StopSignal.onShutdown();
                Pipeline pipeline =
                        Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)));
                Router router = Clients.router(config);
                WebSide web = WebSide.start(config, pipeline, router)) {
            out.println("Page, API and metrics: " + web.url());
            out.flush();
            boolean told = false;
            Standstill standstill = new Standstill(clock.instant());
            while (!stop.comesWithin(LOOK_EVERY)) {
                standstill.look(clock.instant()).ifPresent(sentence -> {
                    out.println(sentence);
                    out.flush();
                });
                if (pipeline.hasStopped()) {
                    pipeline.awaitStopped();
                    break;
                }
                if (!told && pipeline.isRunning()) {
                    out.println("Running as " + config.kafka().applicationId() + " on "
                            + config.kafka().bootstrapServers() + "; Ctrl-C stops it.");
                    out.flush();
                    told = true;
                }
            }
        }
        return Mailflow.DONE;
    }
}
