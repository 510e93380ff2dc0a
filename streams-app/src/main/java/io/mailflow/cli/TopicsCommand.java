package io.mailflow.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.config.DurationText;
import io.mailflow.config.KafkaSettings;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.TopicCheck;
import io.mailflow.runtime.TopicCheck.Finding;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.runtime.TopicProvisioner.Difference;
import io.mailflow.runtime.TopicProvisioner.Provisioning;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mailflow topics}: the topics on a cluster. */
@Command(name = "topics", description = "Create the program's topics on a Kafka cluster, and check them.")
final class TopicsCommand implements Runnable {

    private static final int MAX_PARTITIONS = 1000;
    private static final Pattern MILLISECONDS = Pattern.compile("-1|\\d{1,18}");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: create or check");
    }

    @Command(
            name = "create",
            description = "Create the topics that are missing, with their partitions, retention and cleanup policy."
                    + " Existing topics are never changed; where they differ, it says so.")
    int create(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            description = "Partitions of mailflow.trace-events; wins over kafka.source-partitions.")
                    @Nullable
                    Integer partitions) {
        KafkaSettings kafka = kafka(options, partitions);
        Provisioning done = TopicProvisioner.provision(kafka, Topics.all(kafka));
        PrintWriter out = spec.commandLine().getOut();
        done.created().forEach(topic -> out.println("created  " + topic));
        done.existing().forEach(topic -> out.println("exists   " + topic));
        for (Difference difference : done.differences()) {
            out.println("differs  " + difference.topic() + ": " + difference.setting() + " is "
                    + people(difference.setting(), difference.actual()) + ", expected "
                    + people(difference.setting(), difference.expected()));
        }
        if (!done.differences().isEmpty()) {
            out.println("What mends each difference: mailflow topics check --bootstrap-servers "
                    + kafka.bootstrapServers());
        }
        out.flush();
        return Mailflow.DONE;
    }

    @Command(
            name = "check",
            description = {
                "Look whether a cluster has what the program needs: topics with their partitions, replicas, retention"
                        + " and policies, and the brokers' transactions. Changes nothing; names the command that mends"
                        + " each difference.",
                "Exit code: 0 all is well, 1 something differs or the cluster could not be used, 2 wrong usage."
            })
    int check(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            description = "Partitions that mailflow.trace-events must have at least; wins over"
                                    + " kafka.source-partitions.")
                    @Nullable
                    Integer partitions,
            @Option(names = "--json", description = "Print JSON, and nothing else, on standard output.") boolean json)
            throws IOException {
        KafkaSettings kafka = kafka(options, partitions);
        List<Finding> findings = TopicCheck.of(kafka);
        boolean ok = findings.stream().allMatch(Finding::ok);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.MAPPER
                    .writer()
                    .with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(json(kafka, ok, findings)));
        } else {
            table(out, findings);
            out.println();
            List<Finding> differences =
                    findings.stream().filter(finding -> !finding.ok()).toList();
            for (Finding difference : differences) {
                out.printf(
                        "%s: %s is %s, expected %s. To mend it:%n  %s%n",
                        difference.topic(),
                        difference.setting(),
                        people(difference.setting(), difference.actual()),
                        people(difference.setting(), difference.expected()),
                        difference.mend());
            }
            out.println(
                    ok
                            ? "All is as mailflow needs it on " + kafka.bootstrapServers() + "."
                            : differences.size() + " of " + findings.size()
                                    + (differences.size() == 1 ? " differs on " : " differ on ")
                                    + kafka.bootstrapServers()
                                    + ".");
        }
        out.flush();
        return ok ? Mailflow.DONE : Mailflow.FAILED;
    }

    private KafkaSettings kafka(ConfigOptions options, @Nullable Integer partitions) {
        KafkaSettings kafka = options.load().kafka();
        if (partitions == null) {
            return kafka;
        }
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new ParameterException(
                    spec.commandLine(),
                    WrongUsage.isNot("--partitions", partitions, "a number from 1 to " + MAX_PARTITIONS));
        }
        return kafka.withSourcePartitions(partitions);
    }

    private static void table(PrintWriter out, List<Finding> findings) {
        int topic = width(findings, Finding::topic, "topic");
        int setting = width(findings, Finding::setting, "setting");
        int expected = width(findings, finding -> people(finding.setting(), finding.expected()), "expected");
        String row = "%-" + topic + "s  %-" + setting + "s  %-" + expected + "s  %s%n";
        out.printf(row, "topic", "setting", "expected", "is");
        String last = "";
        for (Finding finding : findings) {
            out.printf(
                    row,
                    finding.topic().equals(last) ? "" : finding.topic(),
                    finding.setting(),
                    people(finding.setting(), finding.expected()),
                    people(finding.setting(), finding.actual()) + (finding.ok() ? "" : "   <- differs"));
            last = finding.topic();
        }
    }

    /** Kafka counts durations in milliseconds, {@code -1} for ever; commands and JSON hold them so, people do not. */
    private static String people(String setting, String value) {
        if (!setting.endsWith(".ms")) {
            return value;
        }
        return MILLISECONDS.matcher(value).replaceAll(number -> {
            String digits = number.group();
            return digits.equals("-1") ? "for ever" : DurationText.of(Duration.ofMillis(Long.parseLong(digits)));
        });
    }

    private static int width(
            List<Finding> findings, java.util.function.Function<Finding, String> column, String title) {
        return Math.max(
                title.length(),
                findings.stream()
                        .mapToInt(finding -> column.apply(finding).length())
                        .max()
                        .orElse(0));
    }

    private static ObjectNode json(KafkaSettings kafka, boolean ok, List<Finding> findings) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        result.put("bootstrapServers", kafka.bootstrapServers());
        result.put("ok", ok);
        ArrayNode checks = result.putArray("checks");
        for (Finding finding : findings) {
            checks.addObject()
                    .put("topic", finding.topic())
                    .put("setting", finding.setting())
                    .put("expected", finding.expected())
                    .put("actual", finding.actual())
                    .put("ok", finding.ok())
                    .put("mend", finding.mend());
        }
        return result;
    }
}
