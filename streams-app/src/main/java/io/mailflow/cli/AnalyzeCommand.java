package io.mailflow.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.CatalogueSettings;
import io.mailflow.config.ConfigLoader;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.TimeSettings;
import io.mailflow.format.ConnectorFile;
import io.mailflow.format.InputException;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.readmodel.Outputs;
import io.mailflow.runtime.EmbeddedBrokerException;
import io.mailflow.runtime.FiniteRun;
import io.mailflow.runtime.PipelineException;
import io.mailflow.runtime.ScratchDirectory;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.RecipientStatus;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mailflow analyze}: the whole pipeline over exported files. */
@Command(
        name = "analyze",
        description = {
            "Read exported trace files to their end and tell which connectors fail, why, what is queued, when it"
                    + " expires and what to do.",
            "Exit code: 0 analysed; 1 nothing could be read, or a file that was named is no message trace (the others"
                    + " are analysed all the same); 2 wrong usage."
        })
final class AnalyzeCommand implements Callable<Integer> {

    /** Nothing is forgotten while one finite input is looked at. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(
            names = "--connectors",
            paramLabel = "FILE",
            description = "Connector registry: Get-OutboundConnector | ConvertTo-Json, or our YAML.")
    private @Nullable Path connectors;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description =
                    "The final clock, such as 2026-01-05T12:00:00Z; later events are ignored and counted. Default: the latest event.")
    private @Nullable Instant asOf;

    @Option(
            names = "--lifetime",
            paramLabel = "DURATION",
            description =
                    "How long the sender's server retries a message, such as 2d, 36h, 90m or PT48H. Default: 48h for"
                            + " Exchange Server logs, 24h otherwise.")
    private @Nullable Duration lifetime;

    @Option(
            names = "--messages",
            paramLabel = "FILE.csv",
            description = "List every queued and expired recipient in this file.")
    private @Nullable Path messages;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a report for people: one file with charts, tables and what to do, ready to print.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print JSON, and nothing else, on standard output.")
    private boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file for times and thresholds; deploy/mailflow.yaml lists every key.")
    private @Nullable Path configuration;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli takes its footer
    private PublicationHelp publications = new PublicationHelp();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        checkOptions();
        // Before a long reading: whether it can be used afterwards.
        inputs.required();
        MailflowConfig configured = configuration == null ? MailflowConfig.DEFAULT : ConfigLoader.load(configuration);
        try (ScratchDirectory scratch = ScratchDirectory.create();
                Progress progress = Progress.reading(err);
                InputSpool spool = Inputs.read(inputs.required(), options(scratch.path(), progress))) {
            progress.finished();
            UnreadableRows.report(spool, err);
            Instant latest = spool.latestTimestamp().orElseThrow(() -> nothingToAnalyse(spool));
            // A row from the future must not carry the clock with it.
            Instant now = Instant.now();
            Instant end = asOf != null ? asOf : latest.isBefore(now) ? latest : now;
            try {
                analyze(spool, end, configured, scratch.path());
            } catch (PipelineException | EmbeddedBrokerException e) {
                throw new PipelineException(scratch.full().orElse(String.valueOf(e.getMessage())), e);
            }
            // Who names a whole folder by *, names the registry as well.
            return LeftOut.exitCode(spool, inputs.inputs(), connectors, err);
        }
    }

    /** What the types of the options let through and makes no sense. */
    private void checkOptions() throws IOException {
        if (asOf != null && asOf.isAfter(Instant.now())) {
            throw new ParameterException(spec.commandLine(), WrongUsage.isNot("--as-of", asOf, "a time that has come"));
        }
        if (lifetime != null && (lifetime.isNegative() || lifetime.isZero())) {
            throw new ParameterException(
                    spec.commandLine(), WrongUsage.isNot("--lifetime", lifetime, "a duration above zero"));
        }
        replace.check("--messages", messages);
        replace.check("--report", report);
        if (connectors != null) {
            GivenFile.readable(connectors);
        }
    }

    private InputException nothingToAnalyse(InputSpool spool) {
        String named = String.join(", ", inputs.inputs());
        return new InputException(
                spool.accounting().unreadable() == 0
                        ? named + (inputs.inputs().size() == 1 ? " holds" : " hold") + " no rows."
                        : "None of the rows in " + named + " could be read; the reasons stand above.");
    }

    private ReadOptions options(Path scratch, Progress progress) {
        ReadOptions options =
                inputs.apply(ReadOptions.defaults().withTempDir(scratch).withProgress(progress));
        return asOf == null ? options : options.withAsOf(asOf);
    }

    private void analyze(InputSpool spool, Instant end, MailflowConfig configured, Path scratch) throws IOException {
        CatalogueSettings advice = configured.catalogue();
        String read = language.or(advice.language());
        MailflowConfig config = configured
                .withTime(time(configured.time()))
                .withCatalogue(language.isGiven() ? advice.withLanguage(read) : advice);
        Catalogue catalogue = Catalogue.load(advice.folder());
        List<ConnectorEntry> registry = connectors == null ? List.of() : ConnectorFile.read(connectors, spool.tenant());
        try (FiniteRun run = FiniteRun.start(scratch, config, registry)) {
            Outputs outputs;
            try (Progress progress = Progress.of(
                    spec.commandLine().getErr(), "Analysing", spool.accounting().emitted())) {
                outputs = run.run(spool, end, progress);
            }
            Analysis analysis = AnalysisBuilder.of(spool.accounting(), outputs, end, registry, catalogue);
            print(analysis, registry, catalogue, read);
            if (report != null) {
                HtmlReport.write(analysis, registry, new AlertText(catalogue, read), report);
            }
            if (messages != null) {
                list(run, messages);
            }
        }
    }

    private void print(Analysis analysis, List<ConnectorEntry> registry, Catalogue catalogue, String read)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.MAPPER
                    .writer()
                    .with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(analysis));
            out.flush();
        } else {
            new AnalysisText(out, catalogue, read, TextWidth.of(spec)).print(analysis, registry);
        }
    }

    private static void list(FiniteRun run, Path file) throws IOException {
        List<RecipientStatus> rows = new ArrayList<>();
        run.recipients(rows::add);
        rows.sort(Comparator.comparing(RecipientStatus::tenant)
                .thenComparing(RecipientStatus::connector)
                .thenComparing(RecipientStatus::deadline)
                .thenComparing(RecipientStatus::message)
                .thenComparing(RecipientStatus::recipient));
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord("tenant", "connector", "code", "state", "since", "deadline", "message", "recipient");
            rows.forEach(row -> csv.writeRecord(
                    row.tenant(),
                    row.connector(),
                    row.code(),
                    row.state() == RecipientStatus.State.QUEUED ? "queued" : "expired",
                    row.since().toString(),
                    row.deadline().toString(),
                    row.message(),
                    row.recipient()));
        }
    }

    /** A finite input is sorted, lies where it lies in time, and is looked at whole. */
    private TimeSettings time(TimeSettings time) {
        return new TimeSettings(
                time.reorderBound(),
                time.lateness(),
                FOR_EVER,
                time.idleTimeout(),
                time.margin(),
                FOR_EVER,
                time.successHorizon(),
                lifetime == null ? time.lifetimeOnline() : lifetime,
                lifetime == null ? time.lifetimeServer() : lifetime);
    }
}
