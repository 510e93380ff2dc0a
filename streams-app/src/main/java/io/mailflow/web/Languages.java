package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.catalogue.Catalogue;
import java.util.List;

/** The catalogue, and which of its languages a caller wants. */
final class Languages {

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

    /**
     * The language that the request wants, by its parameter {@code lang}, else by Accept-Language, else English: a
     * browser sends what its reader would like, a parameter says what the caller will have.
     *
     * @throws ProblemException if {@code lang} is none that there is
     */
    String wanted(Context ctx, Parameters parameters) {
        String lang = parameters.text("lang");
        String language = lang == null ? preferred(ctx) : named(lang);
        ctx.header("Content-Language", language);
        ctx.header("Vary", "Accept-Language");
        return language;
    }

    private String named(String lang) {
        return io.mailflow.catalogue.Languages.find(lang)
                .orElseThrow(() ->
                        ProblemException.parameter("lang", lang, "one of the languages " + String.join(", ", tags())));
    }

    private static String preferred(Context ctx) {
        String accepted = ctx.header("Accept-Language");
        return accepted == null
                ? io.mailflow.catalogue.Languages.ENGLISH
                : io.mailflow.catalogue.Languages.accepted(accepted);
    }
}
