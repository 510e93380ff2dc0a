package io.mailflow.simulate;

import io.mailflow.schema.ConnectorEntry;
import java.time.Duration;
import java.util.List;

/**
 * A small world: connectors with their traffic, and what befalls them. Times are counted from its start, which is nine
 * o'clock in its offices, wherever the clock of the reader stands.
 *
 * @param seed decides everything that is drawn by lot
 * @param routes the outbound connectors
 * @param incidents the faults; where several hit an attempt, the first in the list wins
 */
public record Scenario(long seed, List<Route> routes, List<Incident> incidents) {

    private static final double HOUR_OF_START = 9;
    private static final double BUSIEST_HOUR = 13;
    private static final double NIGHT = 0.2;

    public Scenario {
        routes = List.copyOf(routes);
        incidents = List.copyOf(incidents);
        for (Incident incident : incidents) {
            if (routes.stream().noneMatch(route -> isOn(incident, route))) {
                throw new IllegalArgumentException("an incident names the connector " + incident.connector() + " of "
                        + incident.tenant() + ", and no route is called that");
            }
        }
    }

    /** The registry of the world's connectors. */
    public List<ConnectorEntry> connectors() {
        return routes.stream().map(Route::entry).toList();
    }

    /** What befalls one route. */
    List<Incident> incidentsOn(Route route) {
        return incidents.stream().filter(incident -> isOn(incident, route)).toList();
    }

    /** How busy the offices are, from {@value #NIGHT} in the middle of the night to 1 at the busiest hour. */
    double activity(Duration sinceStart) {
        double hour = HOUR_OF_START + sinceStart.toMillis() / 3_600_000.0;
        double swing = (1 + StrictMath.cos((hour - BUSIEST_HOUR) / 24 * 2 * Math.PI)) / 2;
        return NIGHT + (1 - NIGHT) * swing;
    }

    private static boolean isOn(Incident incident, Route route) {
        return incident.tenant().equals(route.tenant().name())
                && incident.connector().equals(route.name());
    }
}
