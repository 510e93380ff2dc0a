package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.schema.Alert;
import java.util.List;

/** Alerts with what to do in the language that the caller wants. */
final class Remedies {

    private final Languages languages;

    Remedies(Languages languages) {
        this.languages = languages;
    }

    /** The language of a request, and alerts in it. */
    Language wanted(Context ctx, Parameters parameters) {
        String language = languages.wanted(ctx, parameters);
        return alerts -> alerts.stream().map(alert -> in(language, alert)).toList();
    }

    /** Tells alerts in one language. */
    interface Language {
        List<Alert> alerts(List<Alert> published);

        /** One alert. */
        default Alert alert(Alert published) {
            return alerts(List.of(published)).get(0);
        }
    }

    private Alert in(String language, Alert alert) {
        if (alert.remediation().language().equals(language)) {
            // As it was published, even if the catalogue has learned since.
            return alert;
        }
        return alert.withRemediation(languages.catalogue().in(language, alert.remediation()));
    }
}
