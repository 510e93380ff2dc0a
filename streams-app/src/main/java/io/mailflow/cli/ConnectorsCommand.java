package io.mailflow.cli;

import io.mailflow.config.KafkaSettings;
import io.mailflow.format.ConnectorFile;
import io.mailflow.format.InputException;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.schema.ConnectorEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mailflow connectors}: the registry on a cluster. */
@Command(name = "connectors", description = "Tell the stream on a Kafka cluster what is known of the connectors.")
final class ConnectorsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: load");
    }

    @Command(
            name = "load",
            description = "Load connectors into the registry. Entries of the same tenant and name are replaced, others"
                    + " stay as they are. A file with a mistake is refused whole.")
    int load(
            @Parameters(paramLabel = "FILE", description = "Get-OutboundConnector | ConvertTo-Json, or our YAML.")
                    Path file,
            @Mixin ConfigOptions options,
            @Option(
                            names = "--tenant",
                            paramLabel = "NAME",
                            defaultValue = "default",
                            description = "Organisation of entries that name none; must be the one that ingest gives to"
                                    + " their events. Default: ${DEFAULT-VALUE}.")
                    String tenant)
            throws IOException {
        KafkaSettings kafka = options.load().kafka();
        List<ConnectorEntry> entries = ConnectorFile.read(GivenFile.readable(file), tenant);
        check(file, entries);
        Clients.publish(TopicProvisioner.asProvisioned(kafka), entries);
        PrintWriter out = spec.commandLine().getOut();
        entries.forEach(entry -> out.println("loaded  " + describe(entry)));
        out.printf(
                "Loaded %s into %s on %s.%n",
                Counted.of(entries.size(), "connector"), Topics.CONNECTORS, kafka.bootstrapServers());
        out.flush();
        return Mailflow.DONE;
    }

    private static void check(Path file, List<ConnectorEntry> entries) throws InputException {
        if (entries.isEmpty()) {
            throw new InputException(file + " lists no connectors.");
        }
        Set<String> seen = new HashSet<>();
        for (ConnectorEntry entry : entries) {
            if (!seen.add(entry.tenant() + "/" + entry.name())) {
                throw new InputException(
                        file + ": connector " + entry.name() + " of tenant " + entry.tenant() + " is there twice.");
            }
        }
    }

    private static String describe(ConnectorEntry entry) {
        StringBuilder line = new StringBuilder(entry.tenant())
                .append(" / ")
                .append(entry.name())
                .append(": ")
                .append(word(entry.direction()))
                .append(", ")
                .append(word(entry.type()));
        if (entry.relation() != null) {
            line.append(", ").append(word(entry.relation()));
        }
        if (!entry.smartHosts().isEmpty()) {
            line.append(", smart hosts ").append(String.join(" ", entry.smartHosts()));
        }
        if (!entry.recipientDomains().isEmpty()) {
            line.append(", domains ").append(String.join(" ", entry.recipientDomains()));
        }
        if (!entry.thresholds().isEmpty()) {
            line.append(", own thresholds ").append(entry.thresholds().size());
        }
        return line.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
