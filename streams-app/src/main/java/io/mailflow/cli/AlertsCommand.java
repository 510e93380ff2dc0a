package io.mailflow.cli;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Languages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mailflow alerts}: alert records for people. */
@Command(name = "alerts", description = "Read alert records.")
final class AlertsCommand implements Runnable {

    private static final String STANDARD_INPUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: render");
    }

    @Command(
            name = "render",
            description = {
                "Write alert records as text, in any language of the catalogue: by their ids and parameters, whatever"
                        + " language they were published in.",
                "Example: kafka-console-consumer --topic mailflow.alerts … | mailflow alerts render --lang da -"
            })
    int render(
            @Parameters(
                            paramLabel = "FILE|-",
                            arity = "1",
                            description =
                                    "Alerts as JSON: one per line as on mailflow.alerts, an array, or what analyze --json"
                                            + " or /api/v1/alerts gives; - for standard input.")
                    String file,
            @Mixin LanguageOption language,
            @Mixin PublicationHelp publications,
            @Option(
                            names = "--catalogue",
                            paramLabel = "FOLDER",
                            description = "A site's own entries and texts on top of those of the program.")
                    @Nullable
                    Path folder)
            throws IOException {
        String read = language.or(Languages.ENGLISH);
        AlertText text =
                new AlertText(folder == null ? Catalogue.shipped() : Catalogue.load(folder), read, TextWidth.of(spec));
        PrintWriter out = spec.commandLine().getOut();
        try (BufferedReader lines = file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(GivenFile.readable(Path.of(file)))) {
            AlertReader.each(lines, file.equals(STANDARD_INPUT) ? "standard input" : file, alert -> {
                out.println(text.line(alert));
                out.println(text.block(alert));
                out.println();
                // Somebody may follow the topic.
                out.flush();
            });
        }
        return Mailflow.DONE;
    }
}
