package io.mailflow.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is new since somebody looked.
 *
 * @param connectors connectors with news
 * @param alerts the latest publication of each alert with news
 * @param incidents ids of incidents with news
 * @param pipeline whether progress, dead letters or late events have news
 */
public record Changes(Set<ConnectorId> connectors, List<AlertNews> alerts, Set<String> incidents, boolean pipeline) {

    /** Nothing new. */
    public static final Changes NONE = new Changes(Set.of(), List.of(), Set.of(), false);

    public Changes {
        connectors = Set.copyOf(connectors);
        alerts = List.copyOf(alerts);
        incidents = Set.copyOf(incidents);
    }

    /** Whether there is nothing new. */
    public boolean isEmpty() {
        return connectors.isEmpty() && alerts.isEmpty() && incidents.isEmpty() && !pipeline;
    }

    /** Both, the later publication of an alert winning. */
    public Changes and(Changes later) {
        if (isEmpty() || later.isEmpty()) {
            return isEmpty() ? later : this;
        }
        Set<ConnectorId> both = new LinkedHashSet<>(connectors);
        both.addAll(later.connectors);
        Map<String, AlertNews> latest = new LinkedHashMap<>();
        alerts.forEach(alert -> latest.put(alert.id(), alert));
        later.alerts.forEach(alert -> latest.put(alert.id(), alert));
        Set<String> bothIncidents = new LinkedHashSet<>(incidents);
        bothIncidents.addAll(later.incidents);
        return new Changes(both, new ArrayList<>(latest.values()), bothIncidents, pipeline || later.pipeline);
    }
}
