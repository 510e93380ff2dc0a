package io.mailflow.cli;

import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.InputAccounting;
import io.mailflow.ingest.InputException;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.ingest.RecipientHash;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.Feed;
import io.mailflow.runtime.ScratchDirectory;
import io.mailflow.runtime.TopicProvisioner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mailflow ingest}: exported files into the stream on a cluster. */
@Command(
        name = "ingest",
        description = {
            "Write exported trace files to a Kafka cluster, for mailflow run to monitor. Writing the same again changes"
                    + " no count.",
            "Exit code: 0 written, 1 input or cluster could not be used, 2 wrong usage."
        })
final class IngestCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR|GLOB|-",
            description = "Trace files, folders of them, globs, or - for standard input.")
    private List<String> inputs = new ArrayList<>();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--format",
            paramLabel = "auto|NAME",
            defaultValue = "auto",
            description = "Format of every input: ${COMPLETION-CANDIDATES}. Default: recognised by content.",
            completionCandidates = FormatNames.class)
    private String format = "auto";

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Organisation of every event. Default: what the inputs name, else default.")
    private @Nullable String tenant;

    @Option(
            names = "--hash-recipients",
            paramLabel = "KEYFILE",
            description = "Replace recipient addresses by hashes keyed with this file, the same key in every run.")
    private @Nullable Path keyFile;

    @Option(
            names = "--end",
            description = "Say that nothing follows: evaluate up to the latest row and make every window final.")
    private boolean end;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        MailflowConfig configured = options.load();
        // Before a long reading: whether there is somewhere to write to, and how many partitions await marks.
        MailflowConfig config = configured.withKafka(TopicProvisioner.asProvisioned(configured.kafka()));
        try (ScratchDirectory scratch = ScratchDirectory.create();
                Progress progress = Progress.reading(err);
                InputSpool spool = Inputs.read(inputs, readOptions(scratch.path(), progress))) {
            progress.finished();
            UnreadableRows.report(spool, err);
            write(spool, config);
            report(spool, config);
        }
        return Mailflow.DONE;
    }

    private ReadOptions readOptions(Path scratch, Progress progress) throws IOException {
        ReadOptions read = ReadOptions.defaults().withTempDir(scratch).withProgress(progress);
        read = FormatNames.apply(format, read, spec);
        read = tenant == null ? read : read.withTenant(tenant);
        return keyFile == null ? read : read.withRecipientHash(RecipientHash.fromFile(keyFile));
    }

    private void write(InputSpool spool, MailflowConfig config) throws IOException {
        try (TraceProducer producer = Clients.traceProducer(config)) {
            Feed.everything(spool, producer);
            producer.markProgress();
            Optional<Instant> latest = spool.latestTimestamp();
            if (end && latest.isPresent()) {
                // A row from the future must not carry the stream's clock with it.
                Instant now = clock.instant();
                producer.endOfInput(latest.get().isBefore(now) ? latest.get() : now);
            }
            producer.flush();
        }
    }

    private void report(InputSpool spool, MailflowConfig config) throws InputException {
        InputAccounting read = spool.accounting();
        Optional<Instant> latest = spool.latestTimestamp();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "Read %,d rows with %,d events: %,d written to %s, %,d no outbound attempts; %,d rows unreadable, kept"
                        + " on %s.%n",
                read.rows(),
                read.events(),
                read.emitted(),
                Topics.TRACE_EVENTS,
                read.notAttempts(),
                read.unreadable(),
                Topics.DEAD_LETTERS);
        latest.ifPresent(instant -> out.printf(
                "They reach up to %s UTC and are on %s; rows that name no tenant belong to %s.%n",
                AlertText.minute(instant), config.kafka().bootstrapServers(), spool.tenant()));
        out.flush();
        if (latest.isEmpty()) {
            throw new InputException(
                    "None of the rows in " + String.join(", ", inputs) + " could be read; the reasons stand above.");
        }
    }
}
