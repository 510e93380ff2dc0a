package io.mailflow.web;

import io.mailflow.readmodel.BadCursorException;
import org.jspecify.annotations.Nullable;

/** The parameters {@code limit} and {@code cursor}. */
record Paging(int limit, @Nullable String after) {

    private static final int LIMIT = 100;
    private static final int MOST = 1_000;

    static Paging of(Parameters parameters) {
        return new Paging(parameters.whole("limit", LIMIT, 1, MOST), parameters.text("cursor"));
    }

    /** A question for one page. */
    interface PageQuestion<T> {
        T ask(int limit, @Nullable String after);
    }

    <T> T ask(PageQuestion<T> question) {
        try {
            return question.ask(limit, after);
        } catch (BadCursorException e) {
            throw ProblemException.parameter("cursor", String.valueOf(after), "the \"next\" of a page of this list");
        }
    }
}
