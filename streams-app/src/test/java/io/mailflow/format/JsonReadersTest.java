package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import io.mailflow.schema.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReadersTest {

    @TempDir
    Path dir;

    @Test
    void shouldReadSummaryTracesOfGraph() throws IOException {
        Samples.Result result = Samples.sample("trace-graph.json");

        assertThat(result.event(0))
                .isEqualTo(new MessageTraceEvent(
                        TraceRow.NO_TENANT,
                        Instant.parse("2026-01-05T12:00:00.123Z"),
                        EventClass.PENDING,
                        "pending",
                        null,
                        "eeeeeeee-0000-4000-8000-000000000001",
                        "g1@contoso.example",
                        null,
                        null,
                        "bob@onprem.example",
                        "contoso.example",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Platform.EXCHANGE_ONLINE,
                        new Origin(Samples.path("trace-graph.json").toString(), 1L)));
        assertThat(result.event(1).event()).isEqualTo(EventClass.FINAL);
        assertThat(result.event(1).messageId()).isNull();
        assertThat(result.counts()).isEqualTo(new Samples.Counts(3, 0, 2, 1));
    }

    @Test
    void shouldReadBothDialectsOfTheReportingService() throws IOException {
        assertThat(Samples.sample("trace-rws.json").events())
                .extracting(MessageTraceEvent::tenant, MessageTraceEvent::timestamp, MessageTraceEvent::event)
                .containsExactly(tuple("contoso.example", Instant.parse("2026-01-05T12:10:13.490Z"), EventClass.FINAL));
        assertThat(Samples.sample("trace-rws-verbose.json").events())
                .extracting(MessageTraceEvent::timestamp, MessageTraceEvent::networkMessageId)
                .containsExactly(
                        tuple(Instant.parse("2026-01-05T12:10:13.240Z"), "eeeeeeee-0000-4000-8000-000000000012"));
    }

    @Test
    void shouldReadWhatPowerShellPrints() throws IOException {
        assertThat(Samples.sample("trace-powershell.json").events())
                .extracting(MessageTraceEvent::timestamp, MessageTraceEvent::event, MessageTraceEvent::messageId)
                .containsExactly(
                        tuple(Instant.parse("2026-01-05T12:20:00Z"), EventClass.PENDING, "p2@contoso.example"),
                        tuple(Instant.parse("2026-01-05T12:20:00.123Z"), EventClass.FINAL, "p1@contoso.example"));
    }

    @Test
    void shouldGoOnAfterBrokenRows() throws IOException {
        Samples.Result result = Samples.sample("trace-broken.ndjson");

        assertThat(result.events())
                .extracting(MessageTraceEvent::recipient)
                .containsExactly("a@onprem.example", "d@onprem.example");
        assertThat(result.unreadable())
                .extracting(UnreadableRow::line, UnreadableRow::reason)
                .containsExactly(
                        tuple(2L, "a string in it is not closed"),
                        tuple(3L, "it is not a JSON object"),
                        tuple(4L, "it is not closed"),
                        tuple(6L, "the timestamp is missing"));
        assertThat(result.unreadable().get(1).raw()).isEqualTo("not json at all");
    }

    @Test
    void shouldGoOnAfterBrokenElementsOfAnArray() throws IOException {
        String good =
                "{\"MessageTraceId\":\"eeeeeeee-0000-4000-8000-00000000004%d\",\"Received\":\"2026-01-05T12:30:00Z\","
                        + "\"RecipientAddress\":\"a@x.example\",\"Status\":\"Pending\"}";
        Path file = Files.writeString(
                dir.resolve("array.json"),
                "{\"value\":[" + good.formatted(1) + ",7," + "{\"Status\":\"Pending\",,}," + good.formatted(2)
                        + ",{\"Status\":\"Pending\"," + good.formatted(3) + "," + good.formatted(4) + "],\"Count\":4}\n"
                        + good.formatted(5));

        Samples.Result result = Samples.read(file);

        assertThat(result.events())
                .extracting(event -> String.valueOf(event.networkMessageId()).substring(35))
                .containsExactly("1", "2", "4", "5");
        assertThat(result.counts().unreadable()).isEqualTo(3);
    }

    @Test
    void shouldReadDetailsOfGraphWithWhatWasAsked() throws IOException {
        Samples.Result result = Samples.sample("detail-graph.json");

        assertThat(result.event(0))
                .isEqualTo(new MessageTraceEvent(
                        TraceRow.NO_TENANT,
                        Instant.parse("2026-01-05T13:00:05Z"),
                        EventClass.DEFER,
                        "Defer",
                        null,
                        "ffffffff-0000-4000-8000-000000000001",
                        "d1@contoso.example",
                        null,
                        null,
                        "bob@onprem.example",
                        null,
                        "Hybrid & more",
                        ConnectorSource.CUSTOM_DATA,
                        "[{LED=450 4.4.317 Cannot connect to remote server [Message=CertificateExpired] [LastAttemptedServerName=mail.onprem.example] [LastAttemptedIP=192.0.2.20:25]};{MSG=};{FQDN=mail.onprem.example};{IP=192.0.2.20};{LRT=1/5/2026 1:00:05 PM}]. OutboundProxyTargetIP: 192.0.2.20. OutboundProxyTargetHostName: mail.onprem.example",
                        new Destination("mail.onprem.example", "192.0.2.20", null),
                        null,
                        Platform.EXCHANGE_ONLINE,
                        new Origin(Samples.path("detail-graph.json").toString(), 2L)));
        assertThat(result.event(1))
                .extracting(MessageTraceEvent::event, MessageTraceEvent::connector, MessageTraceEvent::reply)
                .containsExactly(EventClass.SEND, "Hybrid & more", null);
        assertThat(result.counts()).isEqualTo(new Samples.Counts(3, 0, 2, 1));
    }

    @Test
    void shouldReadDetailsOfPowerShellInOtherLanguages() throws IOException {
        Samples.Result result = Samples.sample("detail-powershell.json");

        assertThat(result.events())
                .extracting(
                        MessageTraceEvent::timestamp,
                        MessageTraceEvent::event,
                        MessageTraceEvent::eventName,
                        MessageTraceEvent::connector,
                        MessageTraceEvent::reply)
                .containsExactly(
                        tuple(
                                Instant.parse("2026-01-05T14:00:00Z"),
                                EventClass.DEFER,
                                "Verzögert",
                                null,
                                "[{LED=450 4.4.316 Connection refused [Message=Socket error code 10061]};{MSG=};{FQDN="),
                        tuple(
                                Instant.parse("2026-01-06T14:00:03Z"),
                                EventClass.FAIL,
                                "FAIL",
                                null,
                                "[{LED=550 5.4.316 Message expired, connection refused}]"));
        assertThat(result.counts().others()).isEqualTo(2);
    }

    @Test
    void shouldNotFollowEntitiesInDetailData() {
        assertThat(
                        DetailData.values(
                                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><root><MEP Name=\"a\" String=\"&x;\"/></root>"))
                .isEmpty();
        assertThat(DetailData.values("<root><MEP Name=\"a\" String=\"b\"/><MEP Name=\"c\" Blob=\"cut"))
                .containsOnlyKeys("a");
    }

    @Test
    void shouldReadCanonicalEvents() throws IOException {
        Samples.Result result = Samples.sample("canonical.ndjson");

        assertThat(result.event(0))
                .isEqualTo(new MessageTraceEvent(
                        "contoso",
                        Instant.parse("2026-01-05T15:00:00.123Z"),
                        EventClass.DEFER,
                        "DEFER",
                        null,
                        "99999999-0000-4000-8000-000000000001",
                        null,
                        null,
                        null,
                        "bob@partner.example",
                        "contoso.example",
                        "Out",
                        ConnectorSource.ROW,
                        "450 4.4.316 Connection refused",
                        null,
                        null,
                        Platform.EXCHANGE_SERVER,
                        new Origin(Samples.path("canonical.ndjson").toString(), 1L)));
        assertThat(result.event(1).tenant()).isEqualTo(TraceRow.NO_TENANT);
        assertThat(result.counts()).isEqualTo(new Samples.Counts(5, 2, 2, 1));
    }

    @Test
    void shouldRefuseTimesThatNoClockCanHaveShown() throws IOException {
        Path file = Files.writeString(dir.resolve("events.ndjson"), """
                {"timestamp":"2026-01-05T08:00:00Z","event":"defer","messageId":"m1","recipient":"a@x.example",\
                "observedAt":"+500000000-01-01T00:00:00Z"}
                {"timestamp":"2026-01-05T08:00:00Z","event":"defer","messageId":"m1","recipient":"a@x.example",\
                "observedAt":1e16}
                {"timestamp":"2026-01-05T08:00:01Z","event":"defer","messageId":"m2","recipient":"b@x.example",\
                "observedAt":"2026-01-05T08:00:02.123456Z"}
                """);

        Samples.Result result = Samples.read(file);

        assertThat(result.events())
                .extracting(MessageTraceEvent::recipient, MessageTraceEvent::observedAt)
                .containsExactly(tuple("b@x.example", Instant.parse("2026-01-05T08:00:02.123Z")));
        assertThat(result.unreadable()).hasSize(2);
    }

    @Test
    void shouldReadEnhancedSummaries() throws IOException {
        assertThat(Samples.sample("enhanced-summary.csv").events())
                .extracting(
                        MessageTraceEvent::recipient,
                        MessageTraceEvent::event,
                        MessageTraceEvent::eventName,
                        MessageTraceEvent::connector)
                .containsExactly(
                        tuple("bob@partner.example", EventClass.FINAL, "Send", null),
                        tuple("carol@partner.example", EventClass.PENDING, "Defer", "Contoso to partner"),
                        tuple("dave@partner.example", EventClass.FINAL, "Fail", null),
                        tuple("erin@contoso.example", EventClass.FINAL, "Deliver", null),
                        tuple("alice@contoso.example", EventClass.PENDING, "Defer", null));
    }

    @Test
    void shouldSayThatAnEnhancedSummaryHasNoHeader() throws IOException {
        Path file = Files.writeString(dir.resolve("no-header.csv"), "2026-01-05T11:00:00Z,a@x.example,b##Send\n");

        assertThat(Samples.read(file, Optional.of(InputFormat.ENHANCED_SUMMARY)).unreadable())
                .extracting(UnreadableRow::reason)
                .containsExactly("it has 3 columns and no header names them");
    }

    @Test
    void shouldKnowFieldsInAnyCaseAndByTheirOtherNames() throws IOException {
        Path file = Files.writeString(dir.resolve("pages.json"), """
                \uFEFF{"@odata.context":"x","value":[
                {"MessageTraceId":"EEEEEEEE-0000-4000-8000-000000000001","DateReceived":"2026-01-05T12:00:00.1234567",
                 "SenderAddress":null,"RecipientAddress":"Bob@x.example","Subject":null,"FromIP":"","ToIP":null,"STATUS":"PENDING"}],
                "@odata.nextLink":"https://graph.example/?$skiptoken={\\"a\\":[1]}"}
                {"value":[
                {"id":"eeeeeeee-0000-4000-8000-000000000002","receiveddatetime":"2026-01-05T12:00:01Z","status":"filteredAsSpam",
                 "recipientaddress":"carol@x.example","messageId":""}]}
                {"value":[]}
                """);

        Samples.Result result = Samples.read(file);

        assertThat(result.events())
                .extracting(
                        MessageTraceEvent::networkMessageId,
                        MessageTraceEvent::event,
                        MessageTraceEvent::recipient,
                        MessageTraceEvent::senderDomain)
                .containsExactly(
                        tuple("eeeeeeee-0000-4000-8000-000000000001", EventClass.PENDING, "bob@x.example", null),
                        tuple("eeeeeeee-0000-4000-8000-000000000002", EventClass.FINAL, "carol@x.example", null));
        assertThat(result.unreadable()).isEmpty();
    }

    @Test
    void shouldReadDetailsThatTheServiceCutOff() throws IOException {
        String row = "{\"Date\":\"2026-01-05T12:00:0%d\",\"Event\":\"%s\",\"Detail\":\"%s\",\"MessageTraceId\":"
                + "\"eeeeeeee-0000-4000-8000-000000000001\",\"RecipientAddress\":\"bob@x.example\"}\n";
        Path file = Files.writeString(
                dir.resolve("details.json"),
                row.formatted(0, "DEFER", "Defer: Reason: [{LED=450 4.4.317 Cannot connect [Message=554-mx.example [x]")
                        + row.formatted(1, "Différer", "Reason: {[{LRT=};{LED=451 4.4.0 a\\r\\nb};{FQDN=}]}")
                        + row.formatted(2, "FAIL", "")
                        + row.formatted(3, "Drop", "250 2.1.5 RESOLVER.OOF.IntToExt")
                        + row.formatted(4, "Fail", "Reason: [{LED=250 2.0.0 accepted}]")
                        + row.formatted(5, "Nesto novo", "no reply in it"));

        Samples.Result result = Samples.read(file);

        assertThat(result.events())
                .extracting(MessageTraceEvent::event, MessageTraceEvent::reply)
                .containsExactly(
                        tuple(EventClass.DEFER, "[{LED=450 4.4.317 Cannot connect [Message=554-mx.example [x]"),
                        tuple(EventClass.DEFER, "{[{LRT=};{LED=451 4.4.0 a\r\nb};{FQDN=}]}"),
                        tuple(EventClass.FAIL, null));
        assertThat(result.counts().others()).isEqualTo(3);
    }
}
