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
        return new Language(languages.wanted(ctx, parameters));
    }

    /** Tells alerts in one language. */
    final class Language {

        private final String language;

        private Language(String language) {
            this.language = language;
        }

        List<Alert> alerts(List<Alert> published) {
            Map<String, Set<Clue>> seen = clues.about(published);
            return published.stream()
                    .map(alert -> told(alert, seen.getOrDefault(alert.id(), Set.of())))
                    .toList();
        }

        /** One alert. */
        Alert alert(Alert published) {
            return alerts(List.of(published)).get(0);
        }

        /** What an alert is about. */
        String title(Remediation published) {
            return in(published).title();
        }

        private Alert told(Alert alert, Set<Clue> seen) {
            return alert.withRemediation(in(languages.catalogue().with(seen, alert.remediation())));
        }

        /** In its own language it stays as it was published, even if the catalogue has learned since. */
        private Remediation in(Remediation published) {
            return published.language().equals(language)
                    ? published
                    : languages.catalogue().in(language, published);
        }
    }
}
