package io.mailflow.cli;

import io.mailflow.schema.Owner;
import io.mailflow.schema.Remediation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page for a terminal: labelled paragraphs and numbered steps, wrapped at 100 columns; commands stay whole. */
final class TextPage {

    private static final int WIDTH = 100;
    private static final int LABEL = 14;

    private final StringBuilder page = new StringBuilder();
    private final int margin;

    /** An empty page, all of it indented by so many blanks. */
    TextPage(int margin) {
        this.margin = margin;
    }

    /** Who must act, in words. */
    static String owner(Owner owner) {
        return switch (owner) {
            case OUR_ADMIN -> "our administrator";
            case REMOTE_ORGANISATION -> "the remote organisation";
            case SENDER -> "the sender";
        };
    }

    /** A line of its own, at the left edge, not wrapped. */
    void heading(String text) {
        page.append(text).append('\n');
    }

    /** A label and its text beside it. */
    void line(String label, String text) {
        label(label);
        wrap(text, margin + LABEL);
    }

    /** A label and a list beside it. */
    void list(String label, List<String> items) {
        for (int i = 0; i < items.size(); i++) {
            label(i == 0 ? label : "");
            wrap("- " + items.get(i), margin + LABEL + 2);
        }
    }

    /** Numbered steps; a command is never broken, so that it can be copied whole. */
    void steps(List<Remediation.Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Remediation.Step step = steps.get(i);
            page.append(" ".repeat(margin)).append("%3d. ".formatted(i + 1));
            wrap(step.text(), margin + 5);
            if (step.command() != null) {
                step.command()
                        .lines()
                        .forEach(command -> page.append(" ".repeat(margin + 7))
                                .append(command)
                                .append('\n'));
            }
        }
    }

    /** How long a change takes, where that is known, and how to see that it worked. */
    void ending(@Nullable String takesEffect, String verify) {
        if (takesEffect != null) {
            line("takes effect", takesEffect);
        }
        line("verify", verify);
    }

    /** The page so far. */
    @Override
    public String toString() {
        return page.toString();
    }

    private void label(String label) {
        page.append(" ".repeat(margin)).append(label).append(" ".repeat(LABEL - label.length()));
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
