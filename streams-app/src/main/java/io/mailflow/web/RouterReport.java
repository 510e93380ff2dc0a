package io.mailflow.web;

/**
 * What the on-call router of this instance has done since it started.
 *
 * @param active whether this instance is the one that routes
 * @param openIncidents incidents open now; 0 while it does not route
 * @param accepted alerts that an Alertmanager accepted, repetitions included
 * @param refused alerts, or whole calls, that an Alertmanager refused
 * @param unreachable calls that an Alertmanager did not answer or answered with a failure of its own
 * @param untold incidents that were to be paged and were over before any Alertmanager could be told
 * @param unreadable records that could not be read
 * @param failures times the router had to begin again
 */
public record RouterReport(
        boolean active,
        long openIncidents,
        long accepted,
        long refused,
        long unreachable,
        long untold,
        long unreadable,
        long failures) {}
