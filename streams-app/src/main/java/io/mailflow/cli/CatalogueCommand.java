package io.mailflow.cli;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Coverage;
import io.mailflow.catalogue.Explanation;
import io.mailflow.catalogue.Languages;
import io.mailflow.catalogue.Problem;
import io.mailflow.catalogue.Situation;
import io.mailflow.catalogue.Texts;
import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyParser;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.ScratchDirectory;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code mailflow catalogue}: for people who extend it. */
@Command(name = "catalogue", description = "Look into the catalogue, check it, and see what it does not cover.")
final class CatalogueCommand implements Runnable {

    private static final int MOST_TEXTS_SHOWN = 50;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description =
                    "A site's own entries and texts (structure/*.yaml, texts/LANGUAGE.yaml) on top of those of the"
                            + " program.")
    private @Nullable Path folder;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: list, show, check or coverage");
    }

    @Command(name = "list", description = "List every entry with its codes and title, then every cause.")
    int list(@Mixin LanguageOption language) {
        Catalogue catalogue = Catalogue.load(folder);
        Texts texts = catalogue.texts(language.or(Languages.ENGLISH));
        PrintWriter out = out();
        catalogue.entries().forEach(id -> out.println(line(catalogue, id, texts.language())));
        out.println();
        catalogue
                .causes()
                .forEach(id -> out.println(DisplayWidth.padded(id, 32) + "  " + ExplanationPage.cause(id, texts)));
        out.flush();
        return Mailflow.DONE;
    }

    @Command(
            name = "show",
            description =
                    "Show an entry as somebody reads it whose alert it answers, with its example as the last error. Of a"
                            + " code that several entries answer, list them.")
    int show(
            @Parameters(
                            paramLabel = "ENTRY|CODE",
                            description = "An id as list prints it, or a code such as '450 4.4.316' or 4.4.316.")
                    String asked,
            @Option(
                            names = "--relation",
                            paramLabel = "RELATION",
                            description = "Whose server it is: on-premises or partner. Default: unknown.")
                    @Nullable
                    String relation,
            @Mixin LanguageOption language) {
        Catalogue catalogue = Catalogue.load(folder);
        String read = language.or(Languages.ENGLISH);
        Relation whose = relation(relation);
        PrintWriter out = out();
        if (catalogue.entries().contains(asked)) {
            show(catalogue, asked, whose, read);
            return Mailflow.DONE;
        }
        if (!Catalogue.isCode(asked)) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("show"),
                    WrongUsage.isNot(
                            "ENTRY|CODE", asked, "an entry that 'catalogue list' prints, or a code such as 4.4.316"));
        }
        List<String> answering = catalogue.entriesFor(asked);
        if (!catalogue.lists(asked)) {
            out.println("No entry lists " + asked + "; what is unknown is answered by:");
        } else if (answering.size() > 1) {
            out.println(asked + " is answered, depending on the rest of the reply, by:");
        }
        if (answering.size() > 1 || !catalogue.lists(asked)) {
            answering.forEach(id -> out.println(line(catalogue, id, read)));
            out.println("Show one with: mailflow catalogue show " + answering.get(0));
        } else {
            show(catalogue, answering.get(0), whose, read);
        }
        out.flush();
        return Mailflow.DONE;
    }

    /** An entry in the list. */
    private static String line(Catalogue catalogue, String id, String language) {
        return DisplayWidth.padded(id, 32) + "  "
                + DisplayWidth.padded(String.join(", ", catalogue.codes(id)), 24) + "  "
                + catalogue.remedy(exampleOf(catalogue, id), language).title();
    }

    private void show(Catalogue catalogue, String id, @Nullable Relation relation, String read) {
        String text = catalogue.example(id).orElseThrow();
        Situation situation = exampleOf(catalogue, id).on(null, relation, null, null);
        Remediation remedy = catalogue.remedy(situation, read);
        PrintWriter out = out();
        out.println(text);
        out.println();
        out.print(ExplanationPage.of(Explanation.of(text, catalogue, read), remedy, catalogue.texts(read)));
        out.flush();
    }

    @Command(
            name = "check",
            description =
                    "Check structure and texts, with a site's folder if --folder names one. Exit code 1 if anything"
                            + " is wrong or missing.")
    int check() {
        Catalogue catalogue = Catalogue.load(folder);
        List<Problem> incomplete = catalogue.incomplete();
        PrintWriter out = out();
        incomplete.forEach(out::println);
        out.printf(
                Locale.ROOT,
                "%d entries, %d causes, languages %s: %s%n",
                catalogue.entries().size(),
                catalogue.causes().size(),
                String.join(", ", Languages.SHIPPED),
                incomplete.isEmpty() ? "all is well." : incomplete.size() + " texts to mend.");
        if (!catalogue.unwritten().isEmpty()) {
            out.println("The folder has no texts in " + String.join(", ", catalogue.unwritten())
                    + "; what it adds or replaces is read in English there, what it leaves alone as before.");
        }
        out.flush();
        return incomplete.isEmpty() ? Mailflow.DONE : Mailflow.FAILED;
    }

    @Command(
            name = "coverage",
            description = {
                "Tell the share of failures that met only the generic entry, with their texts, from trace files or from"
                        + " what a cluster keeps on mailflow.trace-events.",
                "The texts are shown as they are and may hold addresses."
            })
    int coverage(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description = "Trace files, as analyze reads them. Without one, the cluster's events.")
                    @Nullable
                    List<String> files,
            @Mixin ConfigOptions cluster)
            throws IOException {
        if (files == null && !cluster.isGiven()) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("coverage"),
                    "Missing what to look at: trace files, or --bootstrap-servers or --config for the events of a"
                            + " cluster");
        }
        MailflowConfig config = cluster.load();
        Coverage coverage =
                new Coverage(Catalogue.load(folder == null ? config.catalogue().folder() : folder));
        if (files == null) {
            readCluster(coverage, config);
            print(coverage);
            return Mailflow.DONE;
        }
        return readFiles(coverage, files);
    }

    private int readFiles(Coverage coverage, List<String> files) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (ScratchDirectory scratch = ScratchDirectory.create();
                InputSpool spool = Inputs.read(files, ReadOptions.defaults().withTempDir(scratch.path()))) {
            UnreadableRows.report(spool, err);
            for (Iterator<MessageTraceEvent> events = spool.events(); events.hasNext(); ) {
                add(coverage, events.next());
            }
            print(coverage);
            return LeftOut.exitCode(spool, files, err);
        }
    }

    private static void readCluster(Coverage coverage, MailflowConfig config) {
        try (OutputReader reader =
                new OutputReader(Clients.settings(config.kafka()), Set.of(Topics.TRACE_EVENTS), false)) {
            reader.readToEnd(message -> event(message.value()).ifPresent(event -> add(coverage, event)));
        }
    }

    /** Marks tell no failure, and what nobody can read is counted among the dead letters. */
    private static Optional<MessageTraceEvent> event(byte[] value) {
        try {
            return Json.MAPPER.readValue(value, TraceRecord.class) instanceof MessageTraceEvent event
                    ? Optional.of(event)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static void add(Coverage coverage, MessageTraceEvent event) {
        String text = event.reply();
        if (text == null) {
            return;
        }
        Reply reply = ReplyParser.parse(text);
        if (!reply.isPositive() && !reply.code().equals(Reply.NONE)) {
            coverage.add(Situation.of(reply));
        }
    }

    private void print(Coverage coverage) {
        PrintWriter out = out();
        out.printf(
                Locale.ROOT,
                "%,d failures with a reply, %,d of them (%.1f%%) met only the generic entry%n%n",
                coverage.failures(),
                coverage.generic(),
                coverage.genericShare() * 100);
        for (Map.Entry<String, Long> entry : coverage.byEntry()) {
            out.printf(Locale.ROOT, "%,9d  %s%n", entry.getValue(), entry.getKey());
        }
        List<Coverage.Seen> texts = coverage.genericTexts();
        if (!texts.isEmpty()) {
            out.println();
            out.println("Texts that met only the generic entry:");
            texts.stream()
                    .limit(MOST_TEXTS_SHOWN)
                    .forEach(seen -> out.printf(Locale.ROOT, "%,9d  %s%n", seen.failures(), seen.text()));
        }
        out.flush();
    }

    private static Situation exampleOf(Catalogue catalogue, String id) {
        return Situation.of(ReplyParser.parse(catalogue.example(id).orElseThrow()));
    }

    private @Nullable Relation relation(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "on-premises" -> Relation.ON_PREMISES;
            case "partner" -> Relation.PARTNER;
            default ->
                throw new ParameterException(
                        spec.commandLine(), "'" + word + "' is no relation; expected on-premises or partner.");
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
