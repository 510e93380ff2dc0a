package io.mailflow.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the connector registry on {@code mailflow.connectors}.
 *
 * @param tenant the organisation
 * @param name the connector's name as traces spell it
 * @param direction outbound or inbound
 * @param type how it finds the next server
 * @param relation whose servers are at the other end, or null if nobody said
 * @param smartHosts host names or addresses it routes to, lower case
 * @param recipientDomains the domains routed through it, lower case, {@code *.example.com} for sub-domains
 * @param lifetime how long the sender's server retries a message on it, or null for the default
 * @param owner who is responsible, free text for people, or null
 * @param thresholds overrides of alert thresholds by the key of the configuration file, such as
 *     {@code queue-backlog.warning: 500}
 * @param maintenance when work on it is announced, in event time
 * @param platform where messages for it wait, or null if nobody said
 * @param language BCP 47 tag of its alerts, or null for that of its tenant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConnectorEntry(
        String tenant,
        String name,
        Direction direction,
        ConnectorType type,
        @Nullable Relation relation,
        List<String> smartHosts,
        List<String> recipientDomains,
        @Nullable Duration lifetime,
        @Nullable String owner,
        Map<String, Double> thresholds,
        List<Maintenance> maintenance,
        @Nullable Platform platform,
        @Nullable String language) {

    public ConnectorEntry {
        smartHosts = smartHosts == null ? List.of() : List.copyOf(smartHosts);
        recipientDomains = recipientDomains == null ? List.of() : List.copyOf(recipientDomains);
        thresholds = thresholds == null ? Map.of() : Map.copyOf(thresholds);
        maintenance = maintenance == null ? List.of() : List.copyOf(maintenance);
    }

    /** An entry without maintenance, platform and language. */
    public ConnectorEntry(
            String tenant,
            String name,
            Direction direction,
            ConnectorType type,
            @Nullable Relation relation,
            List<String> smartHosts,
            List<String> recipientDomains,
            @Nullable Duration lifetime,
            @Nullable String owner,
            Map<String, Double> thresholds) {
        this(
                tenant,
                name,
                direction,
                type,
                relation,
                smartHosts,
                recipientDomains,
                lifetime,
                owner,
                thresholds,
                List.of(),
                null,
                null);
    }

    /** An entry without platform and language. */
    public ConnectorEntry(
            String tenant,
            String name,
            Direction direction,
            ConnectorType type,
            @Nullable Relation relation,
            List<String> smartHosts,
            List<String> recipientDomains,
            @Nullable Duration lifetime,
            @Nullable String owner,
            Map<String, Double> thresholds,
            List<Maintenance> maintenance) {
        this(
                tenant,
                name,
                direction,
                type,
                relation,
                smartHosts,
                recipientDomains,
                lifetime,
                owner,
                thresholds,
                maintenance,
                null,
                null);
    }

    /** Announced work, half-open {@code [start, end)}: no alert of the connector opens or grows meanwhile. */
    public record Maintenance(Instant start, Instant end) {}

    /** The end of the announced work under way at an instant, the latest if there are several; null if there is none. */
    public @Nullable Instant maintenanceUntil(Instant at) {
        return maintenance.stream()
                .filter(window -> !at.isBefore(window.start) && at.isBefore(window.end))
                .map(Maintenance::end)
                .max(Instant::compareTo)
                .orElse(null);
    }
}
