package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.catalogue.Catalogue;
import java.util.List;

/** The catalogue, and which of its languages a caller wants. */
final class Languages {

    private static final String PATTERN = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*";

    private final Catalogue catalogue;

    Languages(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The catalogue, which has all languages. */
    Catalogue catalogue() {
        return catalogue;
    }

    /** Tags of all languages. */
    List<String> tags() {
        return io.mailflow.catalogue.Languages.SHIPPED;
    }

    /** The language that the request wants, by its parameter {@code lang}, else by Accept-Language, else English. */
    String wanted(Context ctx, Parameters parameters) {
        String lang = parameters.text("lang");
        if (lang != null && !lang.matches(PATTERN)) {
            throw ProblemException.parameter("lang", lang, "a language tag such as " + String.join(", ", tags()));
        }
        String accepted = lang == null ? ctx.header("Accept-Language") : lang;
        String language = accepted == null
                ? io.mailflow.catalogue.Languages.ENGLISH
                : io.mailflow.catalogue.Languages.accepted(accepted);
        ctx.header("Content-Language", language);
        ctx.header("Vary", "Accept-Language");
        return language;
    }
}
