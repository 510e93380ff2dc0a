package io.mailflow.route;

import io.mailflow.catalogue.Texts;
import io.mailflow.config.RouteSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one Alertmanager about one incident.
 *
 * @param incident as it is now
 * @param plan what to tell
 * @param alerts the same in Alertmanager's form: what ends, and what fires
 */
record Letter(Incident incident, Plan plan, List<PostableAlert> alerts) {

    /**
     * Writes it.
     *
     * @param worst what annotations are made of, or null
     * @param texts in the language of {@code worst}
     * @param now the wall clock's time
     */
    static Letter write(
            Incident incident, Plan plan, @Nullable Alert worst, Texts texts, RouteSettings settings, Instant now) {
        Map<String, String> annotations = Annotations.of(incident, worst, texts, settings);
        List<PostableAlert> alerts = new ArrayList<>();
        if (plan.ending() != null) {
            alerts.add(alert(incident, plan.ending(), annotations, now, now, settings));
        }
        if (plan.firing() != null) {
            alerts.add(alert(incident, plan.firing(), annotations, now, now.plus(settings.firingFor()), settings));
        }
        return new Letter(incident, plan, List.copyOf(alerts));
    }

    private static PostableAlert alert(
            Incident incident,
            Labels labels,
            Map<String, String> annotations,
            Instant now,
            Instant endsAt,
            RouteSettings settings) {
        // Event time may be a little ahead of the wall clock; an alert that ends before it starts is refused.
        Instant startsAt = incident.openedAt().isAfter(now) ? now : incident.openedAt();
        return new PostableAlert(labels, annotations, startsAt, endsAt, Annotations.page(incident, settings));
    }
}
