package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalogues in the languages there are, and which of them a caller wants. */
final class Languages {

    private static final String PATTERN = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*";

    private final Map<String, Catalogue> catalogues = new TreeMap<>();

    Languages() {
        catalogues.put(Catalogue.english().language(), Catalogue.english());
        for (String language : Locale.getISOLanguages()) {
            if (Catalogue.class.getResource(language + ".yaml") != null) {
                Catalogue catalogue = Catalogue.load(Locale.forLanguageTag(language));
                catalogues.put(catalogue.language(), catalogue);
            }
        }
    }

    /** Tags of all languages. */
    List<String> tags() {
        return List.copyOf(catalogues.keySet());
    }

    /** The catalogue that the request wants, by its parameter {@code lang}, else by Accept-Language, else English. */
    Catalogue wanted(Context ctx, Parameters parameters) {
        String lang = parameters.text("lang");
        if (lang != null && !lang.matches(PATTERN)) {
            throw ProblemException.parameter("lang", lang, "a language tag such as " + String.join(", ", tags()));
        }
        Catalogue catalogue = best(lang == null ? ctx.header("Accept-Language") : lang);
        ctx.header("Content-Language", catalogue.language());
        ctx.header("Vary", "Accept-Language");
        return catalogue;
    }

    private Catalogue best(@Nullable String ranges) {
        String tag = null;
        if (ranges != null) {
            try {
                tag = Locale.lookupTag(Locale.LanguageRange.parse(ranges), new ArrayList<>(catalogues.keySet()));
            } catch (IllegalArgumentException e) {
                // A header that nobody can read asks for nothing.
            }
        }
        return catalogues.getOrDefault(tag == null ? "" : tag, Catalogue.english());
    }
}
