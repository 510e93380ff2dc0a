package io.mailflow.cli;

import io.mailflow.config.DurationText;
import io.mailflow.config.MailflowConfig;
import io.mailflow.format.InputException;
import io.mailflow.ingest.Follower;
import io.mailflow.ingest.InputAccounting;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.LateForecast;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.ingest.RecipientHash;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.Feed;
import io.mailflow.runtime.ScratchDirectory;
import io.mailflow.runtime.StopSignal;
import io.mailflow.runtime.TopicProvisioner;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mailflow ingest}: exported files, or logs that grow, into the stream on a cluster. */
@Command(
        name = "ingest",
        description = {
            "Write exported trace files to a Kafka cluster, for mailflow run to monitor. Writing the same again changes"
                    + " no count.",
            "With --follow, write what is in the logs of a folder and whatever is added to them, until Ctrl-C.",
            "Exit code: 0 written, 1 input or cluster could not be used, 2 wrong usage."
        })
final class IngestCommand implements Callable<Integer> {

    private static final String DEFAULT_TENANT = "default";

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--follow",
            paramLabel = "DIR",
            description = "Follow the tracking logs and canonical NDJSON of this folder and all below it. Every row is"
                    + " written once, through rotation, renaming, restarts and kills.")
    private @Nullable Path follow;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description =
                    "With --follow: the name under which the position is kept in Kafka. Give it where this machine"
                            + " changes its name. Default: the machine's name and the folder.")
    private @Nullable String source;

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
    public Integer call() throws IOException, InterruptedException {
        if (follow == null) {
            return once();
        }
        follow(follow);
        return Mailflow.DONE;
    }

    private int once() throws IOException {
        if (source != null) {
            throw wrong("--source goes with --follow");
        }
        PrintWriter err = spec.commandLine().getErr();
        inputs.required();
        MailflowConfig config = config();
        try (ScratchDirectory scratch = ScratchDirectory.create();
                Progress progress = Progress.reading(err);
                InputSpool spool = Inputs.read(
                        inputs.required(),
                        readOptions().withTempDir(scratch.path()).withProgress(progress))) {
            progress.finished();
            UnreadableRows.report(spool, err);
            LateForecast forecast = Clients.lateForecast(config);
            write(spool, config, forecast);
            report(spool, config);
            warnOfLate(forecast, spool, config);
            return LeftOut.exitCode(spool, inputs.inputs(), err);
        }
    }

    private void follow(Path folder) throws IOException, InterruptedException {
        if (!inputs.inputs().isEmpty() || end) {
            throw wrong("--follow DIR takes neither files nor --end; write finished files without --follow");
        }
        String name = source == null
                ? InetAddress.getLocalHost().getHostName() + ":"
                        + folder.toAbsolutePath().normalize()
                : source;
        if (name.isBlank()) {
            throw wrong(WrongUsage.isNot("--source", name, "a name"));
        }
        ReadOptions read = readOptions();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        MailflowConfig config = config();
        try (StopSignal stop = StopSignal.onShutdown();
                Follower follower =
                        Follower.open(Clients.followSettings(config, folder, name, read), clock, sentence -> {
                            err.println(Printable.of(sentence));
                            err.flush();
                        })) {
            out.printf(
                    "Following %s as source %s to %s; %s. Ctrl-C stops it.%n",
                    folder,
                    name,
                    config.kafka().bootstrapServers(),
                    follower.known() == 0
                            ? "nothing was read before"
                            : "going on in " + Counted.of(follower.known(), "file") + " read before");
            out.flush();
            follower.run(stop::comesWithin);
            InputAccounting done = follower.accounting();
            out.printf(
                    "Stopped: %s read since the start, %s written to %s, %,d unreadable, kept on %s."
                            + " The next start goes on from here.%n",
                    Counted.of(done.rows(), "row"),
                    Counted.of(done.emitted(), "event"),
                    Topics.TRACE_EVENTS,
                    done.unreadable(),
                    Topics.DEAD_LETTERS);
            out.flush();
        }
    }

    /** Before a long reading: whether there is somewhere to write to, and how many partitions await marks. */
    private MailflowConfig config() {
        MailflowConfig configured = options.load();
        return configured.withKafka(TopicProvisioner.asProvisioned(configured.kafka()));
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private ReadOptions readOptions() throws IOException {
        // Never what the other rows of a file happen to name: a log that is followed gives the same events as its copy.
        ReadOptions read = inputs.apply(ReadOptions.defaults().withOtherwise(DEFAULT_TENANT));
        return keyFile == null ? read : read.withRecipientHash(RecipientHash.fromFile(keyFile));
    }

    private void write(InputSpool spool, MailflowConfig config, LateForecast forecast) throws IOException {
        long events = spool.accounting().emitted();
        AtomicLong written = new AtomicLong();
        try (TraceProducer producer = Clients.traceProducer(config);
                Progress progress = Progress.of(spec.commandLine().getErr(), "Writing", events)) {
            Feed.everything(spool, producer, event -> {
                forecast.add(event);
                progress.read(written.incrementAndGet(), events);
            });
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

    /** Those who feed last week's log into a stream of today learn why nothing alerts. */
    private void warnOfLate(LateForecast forecast, InputSpool spool, MailflowConfig config) {
        Optional<Instant> furthest = forecast.furthest();
        if (forecast.late() == 0 || furthest.isEmpty()) {
            return;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "Warning: %,d of the %,d events are more than %s older than what the stream has read already, up to %s"
                        + " UTC. Unless it has counted them before, they are late: kept on %s, in no count and no"
                        + " failure alert, while queues are brought up to date. See them with: mailflow dead-letters"
                        + " list --late. Files of the past are analysed with: mailflow analyze.%n",
                forecast.late(),
                spool.accounting().emitted(),
                DurationText.of(config.time().lateness()),
                AlertText.minute(furthest.get()),
                Topics.LATE_EVENTS);
        err.flush();
    }

    private void report(InputSpool spool, MailflowConfig config) throws InputException {
        InputAccounting read = spool.accounting();
        Optional<Instant> latest = spool.latestTimestamp();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "Read %s with %s: %,d written to %s, %,d no outbound attempts; %,d unreadable, kept on" + " %s.%n",
                Counted.of(read.rows(), "row"),
                Counted.of(read.events(), "event"),
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
            throw new InputException("None of the rows in " + String.join(", ", inputs.inputs())
                    + " could be read; the reasons stand above.");
        }
    }
}
