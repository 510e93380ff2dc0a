package io.mailflow.simulate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.schema.EventClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the demo's incidents are worth an alert by the default thresholds, and nothing else is. */
class DemoScenarioTest {

    private static final Duration WATCHED = DemoScenario.HISTORY.plusHours(7);

    /** What happened on one connector in one 5-minute window. */
    private static final class Window {
        int failed;
        int delivered;
        final Set<String> messages = new HashSet<>();
    }

    private record Verdicts(List<Duration> down, List<Duration> failureRate) {
        boolean anyWithin(List<Duration> verdicts, Duration from, Duration to) {
            return verdicts.stream().anyMatch(at -> at.compareTo(from) > 0 && at.compareTo(to) <= 0);
        }
    }

    private static Map<String, Verdicts> judge(Instant start) {
        Scenario scenario = DemoScenario.of(DemoHistory.SEED);
        World world = new World(scenario, start);
        Map<String, Map<Long, Window>> connectors = new HashMap<>();
        while (world.peek().timestamp().isBefore(start.plus(WATCHED))) {
            TraceRow row = world.next();
            Route route = row.route();
            if (route != null) {
                Window window = connectors
                        .computeIfAbsent(route.name(), name -> new HashMap<>())
                        .computeIfAbsent(row.timestamp().getEpochSecond() / 300, index -> new Window());
                if (row.event() == EventClass.SEND) {
                    window.delivered += row.recipients().size();
                } else {
                    window.failed += row.recipients().size();
                    window.messages.add(row.mail().networkMessageId());
                }
            }
        }
        Map<String, Verdicts> verdicts = new HashMap<>();
        connectors.forEach((name, windows) -> verdicts.put(name, judge(windows, start)));
        return verdicts;
    }

    private static Verdicts judge(Map<Long, Window> windows, Instant start) {
        Verdicts verdicts = new Verdicts(new ArrayList<>(), new ArrayList<>());
        long first = start.getEpochSecond() / 300 + 12;
        for (long end = first; end < first + WATCHED.toMinutes() / 5 - 12; end++) {
            Window recent = sum(windows, end - 3, end);
            Window hour = sum(windows, end - 12, end);
            Duration at = Duration.between(start, Instant.ofEpochSecond(end * 300));
            if (recent.failed >= 20 && recent.delivered == 0 && recent.messages.size() >= 5) {
                verdicts.down().add(at);
            }
            if (hour.failed + hour.delivered >= 50
                    && recent.failed * 4 >= recent.failed + recent.delivered
                    && hour.failed * 4 >= hour.failed + hour.delivered) {
                verdicts.failureRate().add(at);
            }
        }
        return verdicts;
    }

    private static Window sum(Map<Long, Window> windows, long from, long to) {
        Window sum = new Window();
        for (long index = from; index < to; index++) {
            Window window = windows.get(index);
            if (window != null) {
                sum.failed += window.failed;
                sum.delivered += window.delivered;
                sum.messages.addAll(window.messages);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-03T08:00:00Z",
                "2026-02-14T20:33:21.512Z",
                "2026-07-01T13:57:07Z",
                "2026-03-29T01:31:40Z"
            })
    void everyIncidentIsWorthAnAlertAndADeadDomainIsNot(String start) {
        Map<String, Verdicts> verdicts = judge(Instant.parse(start));
        for (Incident incident : DemoScenario.of(DemoHistory.SEED).incidents()) {
            Verdicts found = requireNonNull(verdicts.get(incident.connector()));
            Duration begin = incident.begin();
            if (incident.domain() != null) {
                assertThat(found.down()).as("%s", incident).isEmpty();
                assertThat(found.failureRate()).as("%s", incident).isEmpty();
            } else if (incident.share() < 1) {
                assertThat(found.anyWithin(found.failureRate(), begin, begin.plusHours(1)))
                        .as("%s raises the failure rate", incident)
                        .isTrue();
            } else if (incident.connector().contains("Chicago")) {
                assertThat(found.down()).as("little mail, but it keeps failing").isNotEmpty();
            } else {
                assertThat(found.anyWithin(found.down(), begin, begin.plusMinutes(50)))
                        .as("%s takes the connector down", incident)
                        .isTrue();
            }
        }
        assertThat(requireNonNull(verdicts.get("Partner - Litware")).down().get(0))
                .as("the first alert while one looks")
                .isBetween(DemoScenario.HISTORY.minusMinutes(5), DemoScenario.HISTORY.plusMinutes(12));
        assertThat(requireNonNull(verdicts.get("Scan and Fax Gateway")).down()).isEmpty();
        assertThat(requireNonNull(verdicts.get("To on-premises Berlin")).down().get(0))
                .isLessThan(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {DemoHistory.SEED, 1, 2})
    void onlyTheLongDnsFailurePilesUpABacklogAndDeadDomainsStaySmall(long seed) {
        Instant start = Instant.parse("2026-01-03T08:00:00Z");
        World world = new World(DemoScenario.of(seed), start);
        Map<String, Map<String, Instant>> queues = new HashMap<>();
        Map<String, Integer> longest = new HashMap<>();
        while (world.peek().timestamp().isBefore(start.plus(WATCHED))) {
            TraceRow row = world.next();
            for (String recipient : row.recipients()) {
                String key = row.mail().networkMessageId() + recipient;
                Route route = row.route();
                if (row.event() == EventClass.DEFER && route != null) {
                    Map<String, Instant> queue = queues.computeIfAbsent(route.name(), name -> new HashMap<>());
                    queue.putIfAbsent(key, row.timestamp());
                    long old = queue.values().stream()
                            .filter(since -> since.isBefore(row.timestamp().minusSeconds(3_600)))
                            .count();
                    longest.merge(route.name(), (int) old, Math::max);
                } else if (row.event() == EventClass.SEND || row.event() == EventClass.FAIL) {
                    queues.values().forEach(queue -> queue.remove(key));
                }
            }
        }
        assertThat(longest.get("Archive Journal")).isBetween(250, 1_000);
        assertThat(longest)
                .extractingByKeys("To Internet", "Internet mail", "Partner MX")
                .allSatisfy(old -> assertThat(old).isBetween(1, 24));
    }

    @Test
    void registersTwelveOutboundConnectorsOfThreeOrganisations() {
        assertThat(DemoHistory.connectors()).hasSize(12);
        assertThat(DemoHistory.connectors())
                .extracting(entry -> entry.tenant())
                .containsOnly("contoso.example", "fabrikam.example", "woodgrove.example");
    }

    @Test
    void anIncidentOnAConnectorNobodyHasIsRefused() {
        Scenario scenario = DemoScenario.of(1);
        Incident lost = new Incident(
                "contoso.example", "No such", Fault.REFUSED, Duration.ZERO, Duration.ofHours(1), 1, null, null);
        assertThatThrownBy(() -> new Scenario(1, scenario.routes(), List.of(lost)))
                .hasMessageContaining("No such");
    }
}
