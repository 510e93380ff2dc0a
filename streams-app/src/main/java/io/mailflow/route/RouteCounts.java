package io.mailflow.route;

/**
 * What the router of this instance has done since it started.
 *
 * @param active 1 while this instance is the one that routes, else 0
 * @param openIncidents incidents open now; 0 while this instance does not route
 * @param accepted alerts that an Alertmanager accepted, repetitions included
 * @param refused alerts that an Alertmanager refused, or calls that it refused altogether
 * @param unreachable calls that an Alertmanager did not answer or answered with a failure of its own
 * @param untold incidents that were to be paged and resolved before any Alertmanager could be told
 * @param unreadable records of alerts or incidents that could not be read
 * @param failures times the router had to begin again, such as after losing its brokers
 */
public record RouteCounts(
        int active,
        int openIncidents,
        long accepted,
        long refused,
        long unreachable,
        long untold,
        long unreadable,
        long failures) {}
