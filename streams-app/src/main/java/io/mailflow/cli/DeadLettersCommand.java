package io.mailflow.cli;

import io.mailflow.config.KafkaSettings;
import io.mailflow.format.InputException;
import io.mailflow.ingest.DeadLetter;
import io.mailflow.ingest.DeadLetters;
import io.mailflow.ingest.LetterFilter;
import io.mailflow.ingest.Redriver;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.schema.Redrive.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code mailflow dead-letters}: what was put aside on a cluster, and sending it again. */
@Command(
        name = "dead-letters",
        description = "List what could not be read, look at it, and send it again once the cause is mended.")
final class DeadLettersCommand implements Runnable {

    private static final int REASON_WIDTH = 120;
    /** What may be sent again goes to where the stream reads, and nowhere else. */
    private static final Set<String> TARGETS = Set.of(Topics.TRACE_EVENTS, Topics.CONNECTORS);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final InstantSource clock = InstantSource.system();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: list, show or redrive");
    }

    @Command(
            name = "list",
            description = "Count the letters by reason and by where they came from, the most frequent first.")
    int list(
            @Mixin ConfigOptions options,
            @Mixin LetterOptions letters,
            @Option(
                            names = "--late",
                            description =
                                    "List the events that came too late to be counted instead of the dead letters.")
                    boolean late,
            @Option(names = "--each", description = "Show every letter with its id, oldest first, instead of counts.")
                    boolean each,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many lines to show. Default: ${DEFAULT-VALUE}.")
                    int limit)
            throws IOException {
        Map<String, Object> client = client(options);
        String topic = late ? Topics.LATE_EVENTS : Topics.DEAD_LETTERS;
        LetterFilter filter = filter(letters, List.of());
        PrintWriter out = spec.commandLine().getOut();
        LetterCounts counts = new LetterCounts();
        DeadLetters.each(client, topic, filter, letter -> {
            counts.add(letter);
            if (each && counts.total() <= limit) {
                out.printf(
                        "%s  %s  %s%n",
                        letter.arrived(),
                        letter.id(),
                        Printable.brief(why(letter), late ? 2 * REASON_WIDTH : REASON_WIDTH));
            }
        });
        if (counts.total() == 0) {
            out.println("No letters" + (filter.equals(LetterFilter.ALL) ? "" : " like that") + " on " + topic + ".");
        } else if (!each) {
            counts.print(out, limit);
        }
        if (each && counts.total() > limit) {
            out.printf(
                    "… and %,d more; --limit shows more, --from and --reason show others.%n", counts.total() - limit);
        }
        out.flush();
        return Mailflow.DONE;
    }

    private static String why(DeadLetter letter) {
        String row = letter.row().map(place -> place + ": ").orElse("");
        return row + letter.late().map(late -> letter.origin() + ": ").orElse("") + letter.reason();
    }

    @Command(name = "show", description = "Show a letter: where it came from, why it is here, and what it holds.")
    int show(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "ID", description = "The letter, such as mailflow.dead-letters-0-17.") String id,
            @Option(names = "--full", description = "Show the whole value and stack trace.") boolean full)
            throws IOException {
        Place place = place(id);
        DeadLetter letter = DeadLetters.at(client(options), place)
                .orElseThrow(() -> new InputException("There is no letter " + DeadLetter.id(place)
                        + "; it may be past the time letters are kept. The ones there are: mailflow dead-letters list"
                        + " --each"));
        PrintWriter out = spec.commandLine().getOut();
        new LetterPage(out, full).print(letter);
        out.flush();
        return Mailflow.DONE;
    }

    @Command(
            name = "redrive",
            description = {
                "Say what sending letters again would do; with --execute do it. They go to the topic they were read from."
                        + " A letter is sent once, however often this is started.",
                "Rows of files are not sent: mend the file and ingest it again."
            })
    int redrive(
            @Mixin ConfigOptions options,
            @Mixin LetterOptions letters,
            @Parameters(arity = "0..*", paramLabel = "ID", description = "Only these letters. Default: all that fit.")
                    List<String> ids,
            @Option(names = "--execute", description = "Send. Without it nothing is changed.") boolean execute,
            @Option(
                            names = "--max-redrives",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Refuse what was sent again so many times and came back each time. Default:"
                                    + " ${DEFAULT-VALUE}.")
                    int maxRedrives,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many letters to show. Default: ${DEFAULT-VALUE}.")
                    int limit)
            throws IOException {
        if (maxRedrives < 1) {
            throw wrong(WrongUsage.isNot("--max-redrives", maxRedrives, "1 or more"));
        }
        List<Place> places = new ArrayList<>();
        for (String id : ids == null ? List.<String>of() : ids) {
            places.add(place(id));
        }
        if (places.stream().anyMatch(place -> place.topic().equals(Topics.LATE_EVENTS))) {
            throw wrong("Late events are not sent again: they would be late again. Their effect on queues is applied"
                    + " already");
        }
        LetterFilter filter = filter(letters, ids == null ? List.of() : ids);
        Map<String, Object> client = client(options);
        Redriver.Settings settings = new Redriver.Settings(client, Topics.REDRIVES, TARGETS, maxRedrives);
        PrintWriter out = spec.commandLine().getOut();
        RedriveReport report = new RedriveReport(out, limit, execute);
        try (Redriver redriver = execute ? Redriver.executing(settings, clock) : Redriver.dryRun(settings, clock)) {
            DeadLetters.each(
                    client, Topics.DEAD_LETTERS, filter, letter -> report.add(letter, redriver.redrive(letter)));
            redriver.flush();
        }
        report.finish();
        out.flush();
        return Mailflow.DONE;
    }

    private Place place(String id) {
        try {
            return LetterOptions.place(id);
        } catch (TypeConversionException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private LetterFilter filter(LetterOptions letters, List<String> ids) {
        try {
            return letters.filter(ids);
        } catch (TypeConversionException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private static Map<String, Object> client(ConfigOptions options) {
        KafkaSettings kafka = options.load().kafka();
        return Clients.settings(TopicProvisioner.asProvisioned(kafka));
    }

    /** For people: to the second. */
    static String time(Instant instant) {
        return instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }
}
