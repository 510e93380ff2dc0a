package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Situation;
import io.mailflow.readmodel.ConnectorId;
import io.mailflow.readmodel.RegistryQuestions;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts with what to do in the language that the caller wants. */
final class Remedies {

    private final Languages languages;
    private final RegistryQuestions registry;

    Remedies(Languages languages, RegistryQuestions registry) {
        this.languages = languages;
        this.registry = registry;
    }

    /** The language of a request, and alerts in it. */
    Language wanted(Context ctx, Parameters parameters) {
        Catalogue catalogue = languages.wanted(ctx, parameters);
        return alerts -> alerts.stream().map(alert -> in(catalogue, alert)).toList();
    }

    /** Tells alerts in one language. */
    interface Language {
        List<Alert> alerts(List<Alert> published);

        /** One alert. */
        default Alert alert(Alert published) {
            return alerts(List.of(published)).get(0);
        }
    }

    private Alert in(Catalogue catalogue, Alert alert) {
        if (catalogue.language().equals(Catalogue.english().language())) {
            // As it was published, even if the catalogue has learned since.
            return alert;
        }
        Relation relation = registry.entry(new ConnectorId(alert.tenant(), alert.connector()))
                .map(entry -> entry.relation())
                .orElse(null);
        List<String> causes =
                alert.evidence().causes().stream().map(Alert.CauseCount::cause).toList();
        Remediation remediation = catalogue.remedy(alert.code(), new Situation(relation, destination(alert), causes));
        return new Alert(
                alert.id(),
                alert.sequence(),
                alert.tenant(),
                alert.connector(),
                alert.code(),
                alert.state(),
                alert.severity(),
                alert.reasons(),
                alert.publication(),
                alert.since(),
                alert.openedAt(),
                alert.changedAt(),
                alert.resolvedAt(),
                alert.resolution(),
                alert.provisional(),
                alert.pageable(),
                alert.evidence(),
                remediation);
    }

    private static @Nullable Destination destination(Alert alert) {
        return alert.evidence().destinations().stream()
                .findFirst()
                .map(failing -> new Destination(failing.host(), failing.ip(), null))
                .orElse(null);
    }
}
