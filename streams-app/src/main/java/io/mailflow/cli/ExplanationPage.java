package io.mailflow.cli;

import io.mailflow.catalogue.Explanation;
import io.mailflow.schema.Destination;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An explanation for reading on a terminal: what is wrong and who acts first, then what to do. */
final class ExplanationPage {

    private ExplanationPage() {}

    static String of(Explanation explanation, @Nullable String takesEffect) {
        TextPage page = new TextPage(0);
        page.heading(explanation.title());
        page.heading("");
        page.line("code", explanation.code());
        List<String> wrapped = explanation.chain();
        for (int i = 1; i < wrapped.size(); i++) {
            page.line(i == 1 ? "wraps" : "", wrapped.get(i));
        }
        if (isSuccess(explanation)) {
            page.list("meaning", explanation.causes());
        } else {
            page.line("cause", Objects.requireNonNullElse(explanation.cause(), "the text tells none"));
            page.line("server", server(explanation.destination()));
            page.line("who acts", TextPage.owner(explanation.owner()));
            page.list("likely", explanation.causes());
        }
        page.heading("");
        page.heading("What to do");
        page.steps(explanation.steps());
        page.heading("");
        page.ending(takesEffect, explanation.verify());
        return page.toString();
    }

    /** Of a reply that something worked nobody asks for the cause. */
    private static boolean isSuccess(Explanation explanation) {
        return explanation.code().startsWith("2");
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
}
