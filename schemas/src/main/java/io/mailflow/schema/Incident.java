package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Episodes of alerts that on-call handles as one: those of a tenant that were open at the same time and share a
 * connector or a failing destination. On {@code mailflow.incidents}, the newest record of each.
 *
 * @param id the id of the alert that opened it
 * @param sequence 1 for the first record, then counting up
 * @param tenant the organisation
 * @param state open while any of its episodes is
 * @param severity maximum over its episodes since it opened; never falls
 * @param since first failure of any of its episodes
 * @param openedAt the minute of event time at which its first episode opened
 * @param changedAt the minute of event time of the newest publication that changed it
 * @param resolvedAt the minute of event time at which its last open episode resolved, null while open
 * @param episodes in the order they joined; an episode never leaves
 * @param pages what each Alertmanager was told last; empty while nobody was paged
 */
public record Incident(
        String id,
        int sequence,
        String tenant,
        AlertState state,
        Severity severity,
        Instant since,
        Instant openedAt,
        Instant changedAt,
        @Nullable Instant resolvedAt,
        List<Member> episodes,
        List<Page> pages) {

    public Incident {
        episodes = List.copyOf(episodes);
        pages = List.copyOf(pages);
    }

    /**
     * One episode of an incident, as its newest publication tells.
     *
     * @param alert id of the alert
     * @param sequence of that publication
     * @param connector the connector's name
     * @param code reply code and enhanced status code, or {@code none}
     * @param state open or resolved
     * @param severity of the alert; never falls
     * @param owner who must act
     * @param provisional true while only the wall clock's passing in silence supports it
     * @param paged the severity of its newest publication that may page, null while there was none
     * @param joinedBy why it belongs to the incident
     * @param destinations host names and addresses at which its attempts fail, lower case
     */
    public record Member(
            String alert,
            int sequence,
            String connector,
            String code,
            AlertState state,
            Severity severity,
            Owner owner,
            boolean provisional,
            @Nullable Severity paged,
            JoinedBy joinedBy,
            List<String> destinations) {

        public Member {
            destinations = List.copyOf(destinations);
        }
    }

    /** Why an episode belongs to its incident. */
    public enum JoinedBy {
        /** It opened the incident. */
        @JsonProperty("opened")
        OPENED,
        /** An open episode was on the same connector. */
        @JsonProperty("same-connector")
        SAME_CONNECTOR,
        /** An open episode failed at the same destination. */
        @JsonProperty("same-destination")
        SAME_DESTINATION
    }

    /**
     * What one Alertmanager accepted last.
     *
     * @param alertmanager its address, without credentials
     * @param state open while it was told that the alert fires, resolved once it was told that it ended
     * @param labels the labels the alert had
     * @param at the wall clock's time when it accepted that
     */
    public record Page(String alertmanager, AlertState state, Labels labels, Instant at) {}

    /**
     * The labels that identify an incident's alert in Alertmanager: another value is another alert.
     *
     * @param alertname the same for all
     * @param tenant the organisation
     * @param connector of the episode that opened the incident
     * @param code of the episode that opened the incident
     * @param severity how bad it is
     * @param incident the incident's id
     * @param owner the routing label of whoever must act
     */
    public record Labels(
            String alertname,
            String tenant,
            String connector,
            String code,
            Severity severity,
            String incident,
            String owner) {}
}
