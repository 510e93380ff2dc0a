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
 * @param pipeline whether progress, dead letters or late events have news
 */
public record Changes(Set<ConnectorId> connectors, List<AlertNews> alerts, boolean pipeline) {

    /** Nothing new. */
    public static final Changes NONE = new Changes(Set.of(), List.of(), false);

    public Changes {
        connectors = Set.copyOf(connectors);
        alerts = List.copyOf(alerts);
    }

    /** Whether there is nothing new. */
    public boolean isEmpty() {
        return connectors.isEmpty() && alerts.isEmpty() && !pipeline;
    }

    /** Both, the later publication of an alert winning. */
    public Changes and(Changes later) {
        Set<ConnectorId> both = new LinkedHashSet<>(connectors);
        both.addAll(later.connectors);
        Map<String, AlertNews> latest = new LinkedHashMap<>();
        alerts.forEach(alert -> latest.put(alert.id(), alert));
        later.alerts.forEach(alert -> latest.put(alert.id(), alert));
        return new Changes(both, new ArrayList<>(latest.values()), pipeline || later.pipeline);
    }
}
