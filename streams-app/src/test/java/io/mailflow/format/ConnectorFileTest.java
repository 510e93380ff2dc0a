package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFileTest {

    @TempDir
    Path dir;

    @Test
    void shouldReadExchangeOnlineConnectors() throws IOException {
        Path file = dir.resolve("connectors.json");
        Files.write(
                file,
                ("\uFEFF[{\"Name\":\"Hybrid\",\"Enabled\":true,\"UseMXRecord\":false,\"ConnectorType\":\"OnPremises\","
                                + "\"SmartHosts\":[\"Mail.contoso.example\",\"[192.0.2.10]\"],\"RecipientDomains\":[\"*.Onprem.example\"]},"
                                + "{\"Name\":\"To partner\",\"UseMXRecord\":true,\"ConnectorType\":2,\"SmartHosts\":[],\"RecipientDomains\":\"partner.example\"},"
                                + "{\"Name\":\"From on-premises\",\"ConnectorType\":\"OnPremises\",\"SenderDomains\":[\"smtp:*;1\"],\"RequireTls\":true}]")
                        .getBytes(StandardCharsets.UTF_16LE));

        assertThat(ConnectorFile.read(file, "contoso"))
                .containsExactly(
                        new ConnectorEntry(
                                "contoso",
                                "Hybrid",
                                Direction.OUTBOUND,
                                ConnectorType.SMART_HOST,
                                Relation.ON_PREMISES,
                                List.of("mail.contoso.example", "192.0.2.10"),
                                List.of("*.onprem.example"),
                                null,
                                null,
                                Map.of(),
                                List.of(),
                                Platform.EXCHANGE_ONLINE,
                                null),
                        new ConnectorEntry(
                                "contoso",
                                "To partner",
                                Direction.OUTBOUND,
                                ConnectorType.INTERNET,
                                Relation.PARTNER,
                                List.of(),
                                List.of("partner.example"),
                                null,
                                null,
                                Map.of(),
                                List.of(),
                                Platform.EXCHANGE_ONLINE,
                                null),
                        new ConnectorEntry(
                                "contoso",
                                "From on-premises",
                                Direction.INBOUND,
                                ConnectorType.UNKNOWN,
                                null,
                                List.of(),
                                List.of(),
                                null,
                                null,
                                Map.of()));
    }

    @Test
    void shouldReadExchangeServerConnectors() throws IOException {
        Path file = Files.writeString(
                dir.resolve("send.json"),
                "{\"Name\":\"Outbound to Office 365\",\"DNSRoutingEnabled\":false,\"SmartHosts\":[{\"Domain\":\"contoso-example.mail.protection.outlook.com\",\"IsIPAddress\":false}],\"AddressSpaces\":[\"smtp:contoso.mail.onmicrosoft.example;1\",\"smtp:*.partner.example;5\"]}");

        assertThat(ConnectorFile.read(file, "t")).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo(ConnectorType.SMART_HOST);
            assertThat(entry.smartHosts()).containsExactly("contoso-example.mail.protection.outlook.com");
            assertThat(entry.recipientDomains())
                    .containsExactly("contoso.mail.onmicrosoft.example", "*.partner.example");
        });
        Path receive = Files.writeString(
                dir.resolve("receive.json"),
                "{\"Name\":\"Partner gate\",\"Identity\":\"EDGE1\\\\Partner gate\",\"Bindings\":[\"0.0.0.0:25\"]}");
        assertThat(ConnectorFile.read(receive, "t"))
                .extracting(ConnectorEntry::name, ConnectorEntry::direction)
                .containsExactly(org.assertj.core.api.Assertions.tuple("EDGE1\\Partner gate", Direction.INBOUND));
    }

    @Test
    void shouldReadOurYaml() throws IOException {
        Path file = Files.writeString(dir.resolve("connectors.yaml"), """
                connectors:
                  - name: Hybrid
                    tenant: contoso
                    type: smart-host
                    relation: on-premises
                    smart-hosts: [Mail.contoso.example]
                    recipient-domains:
                      - onprem.example
                    lifetime: PT12H
                    owner: Messaging team
                    thresholds:
                      queue-backlog.warning: 500
                      connector-silent.attempts: 30
                    maintenance:
                      - start: 2026-01-10T22:00:00Z
                        end: 2026-01-11T02:00:00Z
                  - name: Inbound
                    direction: inbound
                """);

        assertThat(ConnectorFile.read(file, "other"))
                .containsExactly(
                        new ConnectorEntry(
                                "contoso",
                                "Hybrid",
                                Direction.OUTBOUND,
                                ConnectorType.SMART_HOST,
                                Relation.ON_PREMISES,
                                List.of("mail.contoso.example"),
                                List.of("onprem.example"),
                                Duration.ofHours(12),
                                "Messaging team",
                                Map.of("queue-backlog.warning", 500.0, "connector-silent.attempts", 30.0),
                                List.of(new ConnectorEntry.Maintenance(
                                        Instant.parse("2026-01-10T22:00:00Z"), Instant.parse("2026-01-11T02:00:00Z")))),
                        new ConnectorEntry(
                                "other",
                                "Inbound",
                                Direction.INBOUND,
                                ConnectorType.UNKNOWN,
                                null,
                                List.of(),
                                List.of(),
                                null,
                                null,
                                Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{start: 2026-01-10T22:00:00Z}",
                "{start: tonight, end: 2026-01-11T02:00:00Z}",
                "{start: 2026-01-11T02:00:00Z, end: 2026-01-11T02:00:00Z}",
                "{start: 2026-01-10T22:00:00Z, end: 2026-01-11T02:00:00Z, why: patches}",
                "tonight",
            })
    void shouldNameMistakesInMaintenance(String window) throws IOException {
        assertMistake(
                "connectors:\n  - name: Hybrid\n    maintenance: [" + window + "]\n",
                "expected a start: and a later end:");
    }

    @Test
    void shouldNameMistakes() throws IOException {
        assertMistake(
                "connectors:\n- name: A\n  smarthosts: [x]\n",
                ", connector 1: unknown key smarthosts; known: name, tenant");
        assertMistake(
                "connectors:\n- name: A\n  type: mx\n",
                ", connector 1: type is mx, expected one of [internet, smart-host, unknown].");
        assertMistake(
                "connectors:\n- name: A\n  lifetime: a day\n",
                "lifetime is a day, expected a positive duration of at most");
        assertMistake(
                "connectors:\n- name: A\n  lifetime: 91d\n",
                "lifetime is 91d, expected a positive duration of at most 90d, such as");
        assertMistake(
                "connectors:\n- name: A\n  thresholds:\n    failure-rate.share: 25\n",
                "thresholds: failure-rate.share is 25.0; expected a share above 0 and up to 1");
        assertMistake("connectors:\n- type: internet\n", ", connector 1: name is missing.");
        assertMistake(
                "connectors:\n- name: A\n  thresholds:\n    queue: 5\n",
                "unknown key thresholds.queue; known: connector-down.attempts");
        assertMistake("conectors: []\n", " holds no connectors");
        assertMistake(
                "[{\"Name\":\"x\",\"Status\":\"Pending\"}]",
                " lists no connectors; make it with: Get-OutboundConnector");
        assertMistake("[{", " is not valid JSON");
        assertThatThrownBy(() -> ConnectorFile.read(dir.resolve("gone"), "t"))
                .isInstanceOf(InputException.class)
                .hasMessage("There is no file " + dir.resolve("gone") + ".");
    }

    private void assertMistake(String text, String message) throws IOException {
        Path file = Files.writeString(dir.resolve("mistake"), text);
        assertThatThrownBy(() -> ConnectorFile.read(file, "t"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }
}
