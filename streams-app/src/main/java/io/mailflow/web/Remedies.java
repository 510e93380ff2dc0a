package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.catalogue.Clue;
import io.mailflow.readmodel.ClueQuestions;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Alerts with what to do in the language that the caller wants, ranked by what all connectors tell. */
final class Remedies {

    private final Languages languages;
    private final ClueQuestions clues;

    Remedies(Languages languages, ReadModel model) {
        this.languages = languages;
        this.clues = new ClueQuestions(model);
    }

    /** The language of a request, and alerts in it. */
    Language wanted(Context ctx, Parameters parameters) {
        String language = languages.wanted(ctx, parameters);
        return published -> {
            Map<String, Set<Clue>> seen = clues.about(published);
            return published.stream()
                    .map(alert -> in(language, alert, seen.getOrDefault(alert.id(), Set.of())))
                    .toList();
        };
    }

    /** Tells alerts in one language. */
    interface Language {
        List<Alert> alerts(List<Alert> published);

        /** One alert. */
        default Alert alert(Alert published) {
            return alerts(List.of(published)).get(0);
        }
    }

    private Alert in(String language, Alert alert, Set<Clue> seen) {
        Remediation published = languages.catalogue().with(seen, alert.remediation());
        // In its own language it stays as it was published, even if the catalogue has learned since.
        return alert.withRemediation(
                published.language().equals(language)
                        ? published
                        : languages.catalogue().in(language, published));
    }
}
