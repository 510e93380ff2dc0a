package io.mailflow.cli;

import io.mailflow.config.MailflowConfig;
import io.mailflow.runtime.Pipeline;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.topology.MailflowTopology;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mailflow run}: one instance of the stream on a Kafka cluster, until it is stopped. */
@Command(
        name = "run",
        description =
                "Run an instance of the stream on a Kafka cluster until Ctrl-C. Start more instances with the same"
                        + " application id to share the work.")
final class RunCommand implements Callable<Integer> {

    private static final Duration START_WITHIN = Duration.ofMinutes(10);

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        MailflowConfig config = options.load();
        try (Pipeline pipeline = Pipeline.start(config, MailflowTopology.build(config, StreamsProperties.of(config)))) {
            Runtime.getRuntime().addShutdownHook(new Thread(pipeline::close, "stop-stream"));
            pipeline.awaitRunning(START_WITHIN);
            out.println("Running as " + config.kafka().applicationId() + " on "
                    + config.kafka().bootstrapServers() + "; Ctrl-C stops it.");
            out.flush();
            pipeline.awaitStopped();
        }
        return Mailflow.DONE;
    }
}
