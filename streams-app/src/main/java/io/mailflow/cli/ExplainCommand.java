package io.mailflow.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Explanation;
import io.mailflow.catalogue.Languages;
import io.mailflow.catalogue.Situation;
import io.mailflow.config.CatalogueSettings;
import io.mailflow.config.ConfigLoader;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Remediation;
import io.mailflow.serde.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: what reply or last-error texts say and what to do about them. */
@Command(
        name = "explain",
        description =
                "Explain reply or last-error texts: code, wrapper chain, cause, server, who must act, what to do.",
        footer = {
            "",
            "Example:",
            "  explain '450 4.4.316 Connection refused [LastAttemptedServerName=mail.contoso.com]'"
        })
public final class ExplainCommand implements Callable<Integer> {

    private static final int USAGE = 2;
    private static final String STANDARD_INPUT = "-";
    /** With its mark as wide as a page. */
    private static final int LONGEST_ECHO = 98;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** Escapes what is not ASCII, so that the output is the same JSON whatever the terminal's encoding. */
    private static final ObjectWriter JSON =
            Json.MAPPER.writerFor(Explanation.class).with(JsonWriteFeature.ESCAPE_NON_ASCII);

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..*",
            description =
                    "Reply or error texts, each in quotes. Without one, or with -, one per line on standard input.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object per text and line, and nothing else.")
    private boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file; it may name a language and a folder of a site's own entries.")
    private @Nullable Path configuration;

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Catalogue catalogue = Catalogue.shipped();

    private String read = Languages.ENGLISH;

    @Override
    public Integer call() throws IOException {
        CatalogueSettings settings = configuration == null
                ? CatalogueSettings.DEFAULT
                : ConfigLoader.load(configuration).catalogue();
        catalogue = settings.folder() == null ? catalogue : Catalogue.load(settings.folder());
        read = language.or(settings.language());
        PrintWriter out = spec.commandLine().getOut();
        int explained = 0;
        for (String text : texts.isEmpty() ? List.of(STANDARD_INPUT) : texts) {
            explained += text.equals(STANDARD_INPUT) ? explainStandardInput(out) : explain(text, texts.size() > 1, out);
        }
        out.flush();
        if (explained > 0) {
            return 0;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("There is no text to explain. Give one in quotes, or one per line on standard input.");
        err.flush();
        return USAGE;
    }

    private int explainStandardInput(PrintWriter out) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int explained = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            explained += explain(line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line, true, out);
        }
        return explained;
    }

    /**
     * Prints nothing for a blank text.
     *
     * @param echoed whether the text stands before its answer, because there may be several
     */
    private int explain(String text, boolean echoed, PrintWriter out) throws IOException {
        if (text.isBlank()) {
            return 0;
        }
        Explanation explanation = Explanation.of(text, catalogue, read);
        if (json) {
            out.print(JSON.writeValueAsString(explanation) + "\n");
        } else {
            if (echoed) {
                out.println("> " + Printable.brief(text.strip(), LONGEST_ECHO));
            }
            Remediation remedy = catalogue.remedy(Situation.of(ReplyParser.parse(text)), read);
            out.println(ExplanationPage.of(explanation, remedy, catalogue.texts(read)));
        }
        return 1;
    }
}
