package io.mailflow.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** How many columns paragraphs take. */
final class TextWidth {

    /** Where nobody knows the terminal, as in a pipe or a file. */
    static final int ELSEWHERE = 100;

    /** Narrower, labels would take half of every line. */
    private static final int NARROWEST = 80;

    /** Longer lines are hard to follow with the eye. */
    private static final int WIDEST = 160;

    private TextWidth() {}

    /** What {@code COLUMNS} says, else the terminal's width, else {@link #ELSEWHERE}; never very narrow or very wide. */
    static int of(CommandSpec spec) {
        // Asks the terminal; the command line says what holds where there is none.
        return of(System.getenv("COLUMNS"), spec.usageMessage().width());
    }

    /**
     * The same, of what was found.
     *
     * @param columns what the environment says, or null
     * @param terminal columns of the terminal
     */
    static int of(@Nullable String columns, int terminal) {
        boolean told = columns != null && columns.matches("[1-9][0-9]{0,4}");
        return Math.min(WIDEST, Math.max(NARROWEST, told ? Integer.parseInt(columns) : terminal));
    }
}
