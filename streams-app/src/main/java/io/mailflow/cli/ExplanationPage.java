package io.mailflow.cli;

import io.mailflow.catalogue.Explanation;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An explanation for reading on a terminal: what is wrong and who acts first, then what to do. */
final class ExplanationPage {

    private static final int WIDTH = 100;
    private static final int LABEL = 14;

    private final StringBuilder page = new StringBuilder();

    private ExplanationPage() {}

    static String of(Explanation explanation, @Nullable String takesEffect) {
        ExplanationPage page = new ExplanationPage();
        page.write(explanation, takesEffect);
        return page.page.toString();
    }

    private void write(Explanation explanation, @Nullable String takesEffect) {
        page.append(explanation.title()).append("\n\n");
        line("code", explanation.code());
        List<String> wrapped = explanation.chain();
        for (int i = 1; i < wrapped.size(); i++) {
            line(i == 1 ? "wraps" : "", wrapped.get(i));
        }
        line("cause", Objects.requireNonNullElse(explanation.cause(), "the text tells none"));
        line("server", server(explanation.destination()));
        line("who acts", owner(explanation.owner()));
        label("likely");
        for (int i = 0; i < explanation.causes().size(); i++) {
            if (i > 0) {
                label("");
            }
            wrap("- " + explanation.causes().get(i), LABEL + 2);
        }
        page.append("\nWhat to do\n");
        for (int i = 0; i < explanation.steps().size(); i++) {
            Remediation.Step step = explanation.steps().get(i);
            page.append("%3d. ".formatted(i + 1));
            wrap(step.text(), 5);
            if (step.command() != null) {
                // Never broken, so that it can be copied whole.
                page.append("       ").append(step.command()).append('\n');
            }
        }
        page.append('\n');
        if (takesEffect != null) {
            line("takes effect", takesEffect);
        }
        line("verify", explanation.verify());
    }

    private static String owner(Owner owner) {
        return switch (owner) {
            case OUR_ADMIN -> "our administrator";
            case REMOTE_ORGANISATION -> "the remote organisation";
            case SENDER -> "the sender";
        };
    }

    private static String server(@Nullable Destination destination) {
        if (destination == null) {
            return "the text names none";
        }
        return Stream.of(
                        destination.host(),
                        destination.ip(),
                        destination.port() == null ? null : "port " + destination.port())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private void line(String label, String text) {
        label(label);
        wrap(text, LABEL);
    }

    private void label(String label) {
        page.append(label).append(" ".repeat(LABEL - label.length()));
    }

    /** Writes words from the current column on and indents further lines. */
    private void wrap(String text, int indent) {
        int column = indent;
        boolean first = true;
        for (String word : text.split("\\s+")) {
            if (!first && column + 1 + word.length() > WIDTH) {
                page.append('\n').append(" ".repeat(indent));
                column = indent;
                first = true;
            }
            page.append(first ? "" : " ").append(word);
            column += word.length() + (first ? 0 : 1);
            first = false;
        }
        page.append('\n');
    }
}
