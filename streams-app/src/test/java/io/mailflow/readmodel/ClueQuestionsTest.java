package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.catalogue.Clue;
import io.mailflow.catalogue.OtherConnectors;
import io.mailflow.catalogue.OtherConnectors.Failing;
import io.mailflow.catalogue.OtherConnectors.Well;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database says of the other connectors is what all of them say, looked at in memory. */
class ClueQuestionsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T06:00:00Z");
    private static final List<String> CODES = List.of("450 4.4.315", "450 4.4.316");

    @TempDir
    Path folder;

    private final List<Alert> alerts = new ArrayList<>();
    private final Map<String, ConnectorEntry> registry = new HashMap<>();
    private final Set<String> delivering = new HashSet<>();
    private final Records records = new Records();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTellWhatAllConnectorsTell(long seed) throws IOException {
        Random random = new Random(seed);
        int hosts = 4 + random.nextInt(30);
        for (int i = 0; i < 24; i++) {
            String connector = i == 0 ? "unknown" : "To site " + i;
            if (random.nextInt(3) > 0) {
                register(connector, "mx" + random.nextInt(hosts) + ".contoso.example");
            }
            if (random.nextBoolean()) {
                records.health(Records.TENANT, connector, 0);
                delivering.add(connector);
            }
            for (String code : CODES.subList(0, random.nextInt(CODES.size() + 1))) {
                List<String> servers = new ArrayList<>();
                for (int server = random.nextInt(4); server > 0; server--) {
                    servers.add("mx" + random.nextInt(hosts) + ".contoso.example");
                }
                open(connector, code, BEGIN.plus(Duration.ofMinutes(random.nextInt(200))), servers);
            }
        }

        try (ReadModel model = ReadModel.open(folder)) {
            records.into(model);

            Map<String, Set<Clue>> told = new ClueQuestions(model).about(alerts);
            assertThat(told).isEqualTo(expected());
            Set<Clue> all = EnumSet.noneOf(Clue.class);
            told.values().forEach(all::addAll);
            assertThat(all).as("what the mail of this seed tells of").isNotEmpty();
        }
    }

    /** However many fail alike, and at however many servers: those are found that fail at the same one. */
    @Test
    void shouldNotCountServersOfOneConnectorForOthers() throws IOException {
        open("To Basel", CODES.get(0), BEGIN, List.of("mx0.contoso.example"));
        List<String> many = new ArrayList<>();
        for (int i = 1; i < 150; i++) {
            many.add("mx" + i + ".contoso.example");
        }
        open("To Chur", CODES.get(0), BEGIN, many);
        open("To Genf", CODES.get(0), BEGIN, List.of("MX0.contoso.example"));
        try (ReadModel model = ReadModel.open(folder)) {
            records.into(model);

            assertThat(new ClueQuestions(model).about(alerts)).isEqualTo(expected());
            assertThat(expected())
                    .containsEntry(alerts.get(0).id(), Set.of(Clue.SEVERAL_CONNECTORS, Clue.SAME_ELSEWHERE));
        }
    }

    private void register(String connector, String host) throws IOException {
        ObjectNode entry = Records.sample("connector-entry.small")
                .put("tenant", Records.TENANT)
                .put("name", connector);
        entry.putArray("smartHosts").add(host);
        records.put(Topics.CONNECTORS, Records.TENANT + "/" + connector, entry);
        registry.put(connector, Json.MAPPER.treeToValue(entry, ConnectorEntry.class));
    }

    private void open(String connector, String code, Instant since, List<String> servers) throws IOException {
        ObjectNode alert = Records.alert()
                .put("id", String.format("%032x", alerts.size() + 1))
                .put("connector", connector)
                .put("code", code)
                .put("since", since.toString());
        ArrayNode destinations = ((ObjectNode) alert.get("evidence")).putArray("destinations");
        servers.forEach(server -> destinations
                .addObject()
                .put("host", server)
                .putNull("ip")
                .put("attempts", 9)
                .putNull("lastError"));
        records.alert(alert);
        alerts.add(Json.MAPPER.treeToValue(alert, Alert.class));
    }

    private Map<String, Set<Clue>> expected() {
        List<Failing> failing = Failing.of(alerts);
        Set<String> well = new HashSet<>(delivering);
        failing.forEach(one -> well.remove(one.connector()));
        List<Well> wells = well.stream()
                .filter(registry::containsKey)
                .map(connector -> new Well(Records.TENANT, connector, places(connector)))
                .toList();
        Map<String, Set<Clue>> expected = new HashMap<>();
        alerts.forEach(alert -> expected.put(
                alert.id(), OtherConnectors.about(Failing.of(alert), places(alert.connector()), failing, wells)));
        return expected;
    }

    private Set<String> places(String connector) {
        ConnectorEntry entry = registry.get(connector);
        return entry == null ? Set.of() : OtherConnectors.places(entry);
    }
}
