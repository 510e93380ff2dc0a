package io.mailflow.route;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.JoinedBy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every incident, open or resolved, and which episode belongs to which. What it answers depends on nothing but what it
 * was given, in that order. Not thread-safe.
 *
 * <p>An episode joins when its first record is read: the open incident of its tenant with an open episode on the same
 * connector, else one with an open episode that fails at the same destination, else a new one. Of several, the one that
 * opened first. It never moves, also when a later record shows that another would fit better.
 */
final class Incidents {

    private static final Comparator<Incident> OLDEST_FIRST =
            Comparator.comparing(Incident::openedAt).thenComparing(Incident::id);

    private final Map<String, Incident> byId = new HashMap<>();
    private final Map<String, String> byEpisode = new HashMap<>();
    private final Map<String, Incident> unsettled = new LinkedHashMap<>();

    /** Keeps a newer form of an incident: read from where it is kept, or one that remembers a page. */
    void put(Incident incident) {
        byId.put(incident.id(), incident);
        incident.episodes().forEach(episode -> byEpisode.put(episode.alert(), incident.id()));
        if (IncidentFold.isSettled(incident)) {
            unsettled.remove(incident.id());
        } else {
            unsettled.put(incident.id(), incident);
        }
    }

    /**
     * Takes in one publication of an alert.
     *
     * @return the incident as it is now, or empty if the publication was seen before or is the end of an episode that
     *     nobody saw begin
     */
    Optional<Incident> fold(Alert alert) {
        Optional<Incident> changed = known(alert)
                .map(incident -> IncidentFold.update(incident, alert))
                .orElseGet(() -> alert.state() == AlertState.OPEN ? Optional.of(join(alert)) : Optional.empty());
        changed.ifPresent(this::put);
        return changed;
    }

    /** The incident of an episode, if it was seen. */
    private Optional<Incident> known(Alert alert) {
        return Optional.ofNullable(byEpisode.get(alert.id())).map(byId::get);
    }

    private Incident join(Alert alert) {
        return oldest(alert, JoinedBy.SAME_CONNECTOR)
                .or(() -> oldest(alert, JoinedBy.SAME_DESTINATION))
                .orElseGet(() -> IncidentFold.open(alert));
    }

    private Optional<Incident> oldest(Alert alert, JoinedBy by) {
        return unsettled.values().stream()
                .filter(incident -> IncidentFold.shares(incident, alert, by))
                .min(OLDEST_FIRST)
                .map(incident -> IncidentFold.join(incident, alert, by));
    }

    /** Those that are open or that an Alertmanager believes to be, in no particular order. */
    List<Incident> unsettled() {
        return List.copyOf(unsettled.values());
    }

    /** The incident with this id as it is now. */
    Optional<Incident> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many are open. */
    int open() {
        return (int) unsettled.values().stream()
                .filter(incident -> incident.state() == AlertState.OPEN)
                .count();
    }

    /** Whether an episode belongs to an incident about which there may be more to tell. */
    boolean isUnsettled(String alert) {
        String incident = byEpisode.get(alert);
        return incident != null && unsettled.containsKey(incident);
    }
}
