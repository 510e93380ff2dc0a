package io.mailflow.cli;

import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Analysis;
import java.util.Map;

/** What an analysis read and what became of it, in the sentences of terminal and report. */
final class InputText {

    private InputText() {}

    /** How many rows were read. */
    static String rows(Analysis.Input input, Texts texts) {
        return texts.text("analysis.rows", Map.of("rows", input.rows(), "unreadable", input.unreadable()));
    }

    /** How many events they gave, and what each became. */
    static String events(Analysis.Input input, Texts texts) {
        return texts.text(
                "analysis.events",
                Map.of(
                        "events", input.events(),
                        "counted", input.counted(),
                        "duplicates", input.duplicates(),
                        "notAttempts", input.notAttempts(),
                        "late", input.late(),
                        "afterAsOf", input.afterAsOf()));
    }

    /** The instant that everything is told of. */
    static String asOf(Analysis analysis, Texts texts) {
        return texts.text("analysis.as-of", Map.of("asOf", AlertText.minute(analysis.asOf())));
    }
}
