package io.mailflow.cli;

import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.runtime.TopicProvisioner.Difference;
import io.mailflow.runtime.TopicProvisioner.Provisioning;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mailflow topics}: the topics on a cluster. */
@Command(name = "topics", description = "Create the program's topics on a Kafka cluster.")
final class TopicsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: create");
    }

    @Command(
            name = "create",
            description = "Create the topics that are missing, with their partitions, retention and cleanup policy."
                    + " Existing topics are never changed; where they differ, it says so.")
    int create(@Mixin ConfigOptions options) {
        KafkaSettings kafka = options.load().kafka();
        Provisioning done = TopicProvisioner.provision(kafka, Topics.all(kafka));
        PrintWriter out = spec.commandLine().getOut();
        done.created().forEach(topic -> out.println("created  " + topic));
        done.existing().forEach(topic -> out.println("exists   " + topic));
        for (Difference difference : done.differences()) {
            out.println("differs  " + difference.topic() + ": " + difference.setting() + " is " + difference.actual()
                    + ", expected " + difference.expected());
        }
        out.flush();
        return Mailflow.DONE;
    }
}
