package io.mailflow.cli;

import io.mailflow.catalogue.LikelyCauses;
import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page for a terminal: labelled paragraphs and numbered steps, wrapped at 100 columns; commands stay whole. */
final class TextPage {

    private static final int WIDTH = 100;
    private static final List<String> LABELS = List.of(
            "since",
            "queue",
            "queue-now",
            "published",
            "why",
            "servers",
            "last-error",
            "who-acts",
            "cause",
            "meaning",
            "facts",
            "likely",
            "takes-effect",
            "verify",
            "give-up",
            "read-on",
            "code",
            "wraps",
            "server");

    private final StringBuilder page = new StringBuilder();
    private final Texts texts;
    private final int margin;
    private final int labelWidth;

    /** An empty page in a language, all of it indented by so many blanks. */
    TextPage(Texts texts, int margin) {
        this.texts = texts;
        this.margin = margin;
        this.labelWidth = LABELS.stream()
                        .mapToInt(label -> DisplayWidth.of(texts.text("label." + label)))
                        .max()
                        .orElse(0)
                + 2;
    }

    /** Who must act, in words. */
    static String owner(Owner owner, Texts texts) {
        return texts.text("owner." + owner.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** A line of its own, at the left edge, not wrapped. */
    void heading(String text) {
        page.append(text).append('\n');
    }

    /** A paragraph of its own, from the left edge. */
    void paragraph(String text) {
        wrap(text, 0);
    }

    /** A label and its text beside it. */
    void line(String label, String text) {
        label(label);
        wrap(text, margin + labelWidth);
    }

    /** A label and a list beside it. */
    void list(String label, List<String> items) {
        for (int i = 0; i < items.size(); i++) {
            label(i == 0 ? label : "");
            page.append("- ");
            wrap(items.get(i), margin + labelWidth + 2);
        }
    }

    /** Numbered steps; a command is never broken, so that it can be copied whole. */
    void steps(Remediation remedy) {
        page.append(" ".repeat(margin)).append(texts.text("label.what-to-do")).append('\n');
        List<Remediation.Step> steps = remedy.steps();
        for (int i = 0; i < steps.size(); i++) {
            Remediation.Step step = steps.get(i);
            page.append(" ".repeat(margin)).append("%3d. ".formatted(i + 1));
            wrap(text(step, remedy.owner()), margin + 5);
            if (step.command() != null) {
                step.command()
                        .lines()
                        .forEach(command -> page.append(" ".repeat(margin + 7))
                                .append(command)
                                .append('\n'));
            }
        }
    }

    /** The words of a step, and who takes it where that is somebody else. */
    private String text(Remediation.Step step, Owner owner) {
        Owner own = step.owner();
        return own == null || own == owner
                ? step.text()
                : step.text() + " " + texts.text("alert.step-owner", Map.of("owner", owner(own, texts)));
    }

    /** How long a change takes, where that is known, how to see that it worked, and when to stop trying. */
    void ending(Remediation remedy) {
        if (remedy.takesEffect() != null) {
            line("takes-effect", remedy.takesEffect());
        }
        line("verify", remedy.verify());
        if (!remedy.giveUp().isEmpty()) {
            line("give-up", remedy.giveUp());
        }
        if (!remedy.links().isEmpty()) {
            line("read-on", remedy.links().get(0));
        }
    }

    /** The names that a certificate was expected to hold and holds, where replies told both. */
    void certificate(Remediation remedy) {
        String expected = remedy.parameters().get("expected");
        String presented = remedy.parameters().get("presented");
        if (expected != null && presented != null) {
            line("facts", texts.text("alert.subjects", Map.of("expected", expected, "presented", presented)));
        }
    }

    /** What may lie behind it, each with what speaks for it. */
    void likely(Remediation remedy) {
        list("likely", LikelyCauses.of(remedy, texts));
    }

    /** The page so far. */
    @Override
    public String toString() {
        return page.toString();
    }

    private void label(String label) {
        String words = label.isEmpty() ? "" : texts.text("label." + label);
        page.append(" ".repeat(margin)).append(DisplayWidth.padded(words, labelWidth));
    }

    /** Writes words from the current column on and indents further lines. */
    private void wrap(String text, int indent) {
        List<String> lines = DisplayWidth.lines(text.replaceAll("\\s+", " ").strip(), WIDTH - indent);
        page.append(String.join("\n" + " ".repeat(indent), lines)).append('\n');
    }
}
