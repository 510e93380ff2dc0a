package io.mailflow.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Explanation;
import io.mailflow.catalogue.Situation;
import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/explain} and {@code /api/v1/catalogue}: they need no data, and answer in every state. */
final class RemediationRoutes {

    private static final int LONGEST_TEXT = 8_000;
    private static final Pattern CODE =
            Pattern.compile("none|[245]\\d\\d( [245]\\.\\d{1,3}\\.\\d{1,3})?|[245]\\.\\d{1,3}\\.\\d{1,3}");

    private static final List<String> WORDS = List.of("evidence", "label", "owner");

    private final Languages languages;

    RemediationRoutes(Languages languages) {
        this.languages = languages;
    }

    private record CatalogueAnswer(
            String language, List<String> languages, Map<String, String> words, List<Remediation> entries) {}

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/api/v1/explain", this::explainParameter, Role.READER);
        routes.post("/api/v1/explain", this::explainBody, Role.READER);
        routes.get("/api/v1/catalogue", this::catalogue, Role.READER);
    }

    private void explainParameter(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "text", "lang");
        explain(ctx, parameters, parameters.text("text"));
    }

    private void explainBody(Context ctx) {
        explain(ctx, Parameters.of(ctx, "lang"), ctx.body());
    }

    private void explain(Context ctx, Parameters parameters, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST_TEXT) {
            throw ProblemException.parameter(
                    "text",
                    text == null ? "" : text,
                    "a reply or error text of at most " + LONGEST_TEXT
                            + " characters, such as 450 4.4.316 Connection refused");
        }
        Answers.json(ctx, Explanation.of(text, languages.catalogue(), languages.wanted(ctx, parameters)));
    }

    /** What frames a remedy: labels, who acts, and why a cause is likely. */
    private static Map<String, String> words(Texts texts) {
        return WORDS.stream().map(texts::words).collect(TreeMap::new, Map::putAll, Map::putAll);
    }

    private void catalogue(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "code", "lang");
        String language = languages.wanted(ctx, parameters);
        Catalogue catalogue = languages.catalogue();
        String code = parameters.text("code");
        if (code != null && !CODE.matcher(code).matches()) {
            throw ProblemException.parameter("code", code, "a code such as 450 4.4.316, 4.4.316 or 421");
        }
        List<Remediation> entries =
                code == null ? catalogue.all(language) : List.of(catalogue.remedy(Situation.of(code), language));
        Answers.json(ctx, new CatalogueAnswer(language, languages.tags(), words(catalogue.texts(language)), entries));
    }
}
