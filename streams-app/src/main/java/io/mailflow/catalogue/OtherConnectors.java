package io.mailflow.catalogue;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the other connectors of a tenant tell about a failure: whether they fail with it, and where. The stream judges
 * one connector at a time and cannot know it; whoever shows alerts and has all of them can.
 */
public final class OtherConnectors {

    /** So near to each other two failures begin that have one fault on the sending side. */
    public static final Duration TOGETHER = Duration.ofHours(1);

    /** So fresh is a delivery that shows that a connector is well. */
    public static final Duration LATELY = Duration.ofHours(1);

    private OtherConnectors() {}

    /**
     * A failure that is open.
     *
     * @param cause what its replies name first, or null
     * @param since its first failed attempt
     * @param servers hosts and addresses where it fails, lower case
     */
    public record Failing(
            String tenant,
            String connector,
            String code,
            @Nullable String cause,
            Instant since,
            Set<String> servers) {

        public Failing {
            servers = Set.copyOf(servers);
        }

        /** What an alert tells. */
        public static Failing of(Alert alert) {
            return new Failing(
                    alert.tenant(),
                    alert.connector(),
                    alert.code(),
                    alert.remediation().cause(),
                    alert.since(),
                    serversOf(alert));
        }

        /** What all alerts tell that are open. */
        public static List<Failing> of(Collection<Alert> alerts) {
            return alerts.stream()
                    .filter(alert -> alert.state() == AlertState.OPEN)
                    .map(Failing::of)
                    .toList();
        }

        private boolean isBeside(Failing other) {
            return tenant.equals(other.tenant)
                    && !connector.equals(other.connector)
                    && !other.connector.equals(ConnectorSource.UNKNOWN_CONNECTOR);
        }

        private boolean failsLike(Failing other) {
            return code.equals(other.code)
                    && Objects.equals(cause, other.cause)
                    && Duration.between(since, other.since).abs().compareTo(TOGETHER) <= 0;
        }
    }

    /**
     * A connector that delivered {@linkplain #LATELY lately} and has no open alert.
     *
     * @param places where it leads by the registry
     */
    public record Well(String tenant, String connector, Set<String> places) {

        public Well {
            places = Set.copyOf(places);
        }
    }

    /** Smart hosts and recipient domains of a registry entry, lower case; what stands for any domain is no place. */
    public static Set<String> places(ConnectorEntry entry) {
        return Stream.concat(entry.smartHosts().stream(), entry.recipientDomains().stream())
                .map(place -> place.toLowerCase(Locale.ROOT))
                .filter(place -> !place.contains("*"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The clues about one failure; at most one of "several" and "one", and none where nothing is known.
     *
     * @param one what is looked at
     * @param places where its connector leads by the registry, beside the servers that failed
     * @param failing everything that is open, with or without {@code one}
     * @param well connectors that deliver
     */
    public static Set<Clue> about(Failing one, Set<String> places, Collection<Failing> failing, Collection<Well> well) {
        Set<Clue> clues = EnumSet.noneOf(Clue.class);
        for (Failing other : failing) {
            if (one.isBeside(other)) {
                if (!Collections.disjoint(one.servers, other.servers)) {
                    clues.add(Clue.SEVERAL_CONNECTORS);
                } else if (one.failsLike(other)) {
                    clues.add(Clue.SAME_ELSEWHERE);
                }
            }
        }
        if (!clues.contains(Clue.SEVERAL_CONNECTORS)
                && well.stream().anyMatch(other -> leadsThere(other, one, places))) {
            clues.add(Clue.ONE_CONNECTOR);
        }
        return clues;
    }

    private static boolean leadsThere(Well other, Failing one, Set<String> places) {
        return other.tenant.equals(one.tenant)
                && !other.connector.equals(one.connector)
                && (!Collections.disjoint(other.places, one.servers) || !Collections.disjoint(other.places, places));
    }

    private static Set<String> serversOf(Alert alert) {
        return alert.evidence().destinations().stream()
                .flatMap(destination -> Stream.of(destination.host(), destination.ip()))
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isBlank())
                .collect(Collectors.toUnmodifiableSet());
    }
}
