package io.mailflow.route;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Languages;
import io.mailflow.catalogue.OtherConnectors;
import io.mailflow.catalogue.OtherConnectors.Failing;
import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Member;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest publication of each alert that somebody may still be told about: what annotations are made of. */
final class NewestAlerts {

    private static final Comparator<Member> WORST_OPEN_FIRST = Comparator.comparing(
                    (Member member) -> member.state() == AlertState.OPEN ? 0 : 1)
            .thenComparing(Member::severity, Comparator.reverseOrder());

    private final Map<String, Alert> byId = new HashMap<>();
    private final Catalogue catalogue;

    /** None yet; those that it tells of are ranked by what the catalogue says of clues. */
    NewestAlerts(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Takes what is said of an alert now in place of what was said before: a correction has a smaller sequence. */
    void put(Alert alert) {
        byId.put(alert.id(), alert);
    }

    /** Forgets those that nobody needs any more. */
    void retain(Predicate<String> needed) {
        byId.keySet().removeIf(needed.negate());
    }

    /**
     * The newest publication of the incident's worst open episode, or of one that is known, ranked by what fails beside
     * it; null if none is known.
     */
    @Nullable
    Alert worst(Incident incident) {
        return incident.episodes().stream()
                .sorted(WORST_OPEN_FIRST)
                .map(member -> byId.get(member.alert()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(this::ranked)
                .orElse(null);
    }

    /** The texts of the language that an alert was published in, English of none. */
    Texts texts(@Nullable Alert alert) {
        return catalogue.texts(
                alert == null ? Languages.ENGLISH : alert.remediation().language());
    }

    /** The router knows no deliveries, so nothing speaks for one connector alone here. */
    private Alert ranked(Alert alert) {
        return alert.withRemediation(catalogue.with(
                OtherConnectors.about(Failing.of(alert), Set.of(), Failing.of(byId.values()), List.of()),
                alert.remediation()));
    }
}
