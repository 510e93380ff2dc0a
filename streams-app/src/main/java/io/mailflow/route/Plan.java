package io.mailflow.route;

import io.mailflow.config.RouteSettings;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Labels;
import io.mailflow.schema.Incident.Member;
import io.mailflow.schema.Incident.Page;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one Alertmanager has to be told of one incident, given what it was told last. Labels identify an alert there, so
 * when they change the old ones end in the same call in which the new ones fire.
 *
 * @param firing the labels that fire from now on, or null
 * @param ending the labels that no longer do, or null
 * @param kind whether this is more than what it was told before
 */
record Plan(@Nullable Labels firing, @Nullable Labels ending, Kind kind) {

    /** The one name that all alerts of the router have. */
    static final String ALERT_NAME = "MailFlowIncident";

    /** How much there is to tell. */
    enum Kind {
        /** Nobody is to be woken, or it was told that it is over. */
        NOTHING,
        /** What it knows, again, so that it keeps firing. */
        REFRESH,
        /** Something it does not know. */
        NEWS
    }

    private static final Comparator<Member> BY_PAGED_SEVERITY =
            Comparator.comparing(member -> Objects.requireNonNull(member.paged()));

    /**
     * What to tell.
     *
     * @param told what the Alertmanager accepted last, or null
     */
    static Plan of(Incident incident, @Nullable Page told, RouteSettings settings) {
        Labels before = told == null || told.state() == AlertState.RESOLVED ? null : told.labels();
        Labels wanted =
                incident.state() == AlertState.OPEN ? labels(incident, settings).orElse(null) : null;
        if (wanted == null) {
            return new Plan(null, before, before == null ? Kind.NOTHING : Kind.NEWS);
        }
        if (wanted.equals(before)) {
            return new Plan(wanted, null, Kind.REFRESH);
        }
        return new Plan(wanted, before, Kind.NEWS);
    }

    /** What is remembered once the Alertmanager accepted it; only where there is something to tell. */
    Page told(String alertmanager, Instant at) {
        return firing != null
                ? new Page(alertmanager, AlertState.OPEN, firing, at)
                : new Page(alertmanager, AlertState.RESOLVED, Objects.requireNonNull(ending), at);
    }

    /**
     * The labels of an incident, empty if none of its episodes may page. Severity and owner are those of its worst
     * episode, of several the first: severity never falls, so they change only when it gets worse or another must act.
     */
    private static Optional<Labels> labels(Incident incident, RouteSettings settings) {
        Member first = incident.episodes().get(0);
        Optional<Member> worst = incident.episodes().stream()
                .filter(member -> member.paged() != null)
                .reduce(Plan::worse);
        return worst.map(member -> new Labels(
                ALERT_NAME,
                incident.tenant(),
                first.connector(),
                first.code(),
                severity(member),
                incident.id(),
                settings.label(member.owner())));
    }

    private static Member worse(Member earlier, Member later) {
        return BY_PAGED_SEVERITY.compare(later, earlier) > 0 ? later : earlier;
    }

    private static Severity severity(Member member) {
        return Objects.requireNonNull(member.paged());
    }
}
