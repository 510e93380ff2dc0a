package io.mailflow.cli;

import io.mailflow.catalogue.LikelyCauses;
import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page for a terminal: labelled paragraphs and numbered steps, wrapped; commands stay whole. */
final class TextPage {

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
    private final int width;
    private final int labelWidth;

    /** An empty page as wide as where there is no terminal. */
    TextPage(Texts texts, int margin) {
        this(texts, margin, TextWidth.ELSEWHERE);
    }

    /**
     * An empty page in a language.
     *
     * @param margin blanks before every line but headings
     * @param width columns that it takes, margin included
     */
    TextPage(Texts texts, int margin, int width) {
        this.texts = texts;
        this.margin = margin;
        this.width = width;
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

    /** A label and beside it as much of a text as fits into the line. */
    void oneLine(String label, String text) {
        int room = width - margin - labelWidth;
        line(label, text.length() <= room ? text : text.substring(0, room - 1) + "…");
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
            wrap(step(step, remedy.owner(), texts), margin + 5);
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
    static String step(Remediation.Step step, Owner owner, Texts texts) {
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
        List<String> lines = DisplayWidth.lines(text.replaceAll("\\s+", " ").strip(), width - indent);
        page.append(String.join("\n" + " ".repeat(indent), lines)).append('\n');
    }
}
