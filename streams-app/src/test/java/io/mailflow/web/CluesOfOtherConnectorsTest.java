package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Situation;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.Records;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connector of a destination or several: what the stream cannot know, whoever asks the API is told. */
class CluesOfOtherConnectorsTest {

    private static final String BERLIN = "a1d6e0b7a2c9485f93b0c1d7e6f2a801";
    private static final String HAMBURG = "a1d6e0b7a2c9485f93b0c1d7e6f2a802";

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = Site.open(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void alone() throws IOException {
        put(alert(BERLIN, "To Berlin", "mail.contoso.com"));

        assertThat(ids(BERLIN)).containsExactly("server-down", "wrong-address", "packets-dropped");
        assertThat(clues(BERLIN, 0)).isEmpty();
    }

    @Test
    void twoConnectorsToOneHost() throws IOException {
        put(alert(BERLIN, "To Berlin", "mail.contoso.com"));
        put(alert(HAMBURG, "To Hamburg", "MAIL.contoso.com"));

        assertThat(ids(BERLIN))
                .as("whose clue is several-connectors is likelier than an address in one of them")
                .containsExactly("server-down", "packets-dropped", "wrong-address");
        assertThat(clues(BERLIN, 0)).containsExactly("several-connectors");
        assertThat(site.get("/api/v1/alerts?lang=ja&connector=To+Hamburg").body())
                .contains("several-connectors");

        put(alert(HAMBURG, "To Hamburg", "mail.contoso.com").put("sequence", 2).put("state", "resolved"));
        assertThat(clues(BERLIN, 0)).as("the other one is over").isEmpty();
    }

    @Test
    void anotherConnectorToTheSameHostDelivers() throws IOException {
        put(alert(BERLIN, "To Berlin", "mail.contoso.com"));
        Records well = new Records();
        ObjectNode entry = Records.sample("connector-entry.small")
                .put("tenant", Records.TENANT)
                .put("name", "To Contoso");
        entry.putArray("smartHosts").add("Mail.contoso.com");
        well.put(Topics.CONNECTORS, Records.TENANT + "/To Contoso", entry);
        well.health(Records.TENANT, "To Contoso", 0);
        well.into(site.model);

        assertThat(ids(BERLIN)).startsWith("wrong-address");
        assertThat(clues(BERLIN, 0)).containsExactly("one-connector");

        Records gone = new Records();
        gone.tombstone(Topics.CONNECTORS, Records.TENANT + "/To Contoso");
        gone.into(site.model);
        assertThat(clues(BERLIN, 0)).isEmpty();
    }

    @Test
    void theSameFailureElsewhere() throws IOException {
        put(alert(BERLIN, "To Berlin", "mail.contoso.com"));
        put(alert(HAMBURG, "To Oslo", "mx.fabrikam.com"));

        assertThat(ids(BERLIN)).startsWith("server-down");
        JsonNode ranking = one(BERLIN).at("/alert/remediation/ranking");
        assertThat(ranking.toString()).doesNotContain("several-connectors", "one-connector");
    }

    private void put(ObjectNode alert) {
        Records records = new Records();
        records.alert(alert);
        records.into(site.model);
    }

    /** As the stream publishes it, which looks at one connector at a time. */
    private static ObjectNode alert(String id, String connector, String host) {
        ObjectNode alert = Records.alert().put("id", id).put("sequence", 1).put("connector", connector);
        alert.put("code", "450 4.4.315").put("since", "2026-01-05T08:00:00Z");
        ObjectNode destination =
                Json.MAPPER.createObjectNode().put("host", host).put("attempts", 9);
        ((ObjectNode) alert.get("evidence"))
                .putArray("destinations")
                .add(destination.putNull("ip").putNull("lastError"));
        Situation situation =
                Situation.of("450 4.4.315").withCauses(List.of(new Situation.CauseCount("connection-timed-out", 9)));
        return alert.set(
                "remediation", Json.MAPPER.valueToTree(Catalogue.shipped().remedy(situation, "en")));
    }

    private JsonNode one(String id) throws IOException {
        return Json.MAPPER.readTree(site.get("/api/v1/alerts/" + id).body());
    }

    private List<String> ids(String id) throws IOException {
        return one(id).at("/alert/remediation/ranking").findValuesAsText("id");
    }

    private List<String> clues(String id, int place) throws IOException {
        return List.of(
                Json.MAPPER.treeToValue(one(id).at("/alert/remediation/ranking/" + place + "/clues"), String[].class));
    }
}
