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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackingReaderTest {

    private static final String LED =
            "[{LED=450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mail.partner.example]"
                    + " [LastAttemptedIP=192.0.2.10:25]};{MSG=};{FQDN=mail.partner.example};{IP=192.0.2.10};{LRT=1/5/2026 8:05:00 AM}]";
    private static final String MESSAGE = "aaaaaaaa-0000-4000-8000-000000000001";

    @TempDir
    Path dir;

    @Test
    void shouldGiveOneEventPerRecipientWithItsOwnStatus() throws IOException {
        Samples.Result result = Samples.sample("tracking-2019.log");
        String file = Samples.path("tracking-2019.log").toString();

        assertThat(result.event(0))
                .isEqualTo(new MessageTraceEvent(
                        TraceRow.NO_TENANT,
                        Instant.parse("2026-01-05T08:00:01.000Z"),
                        EventClass.DEFER,
                        "DEFER",
                        "SMTP",
                        MESSAGE,
                        "m1@contoso.example",
                        "MBX1",
                        "17",
                        "bob@partner.example",
                        "contoso.example",
                        "Outbound to partner",
                        ConnectorSource.ROW,
                        LED,
                        new Destination("mail.partner.example", "192.0.2.10", null),
                        null,
                        Platform.EXCHANGE_SERVER,
                        new Origin(file, 8L)));
        assertThat(result.events().subList(0, 3))
                .extracting(MessageTraceEvent::recipient, MessageTraceEvent::reply)
                .containsExactly(
                        tuple("bob@partner.example", LED),
                        tuple("carol@partner.example", "450 4.7.1 Greylisted; try again"),
                        tuple("dave@partner.example", "450 4.7.1 Greylisted; try again"));
    }

    @Test
    void shouldTellAttemptsFromEverythingElse() throws IOException {
        Samples.Result result = Samples.sample("tracking-2019.log");

        assertThat(result.events().subList(3, result.events().size()))
                .extracting(
                        MessageTraceEvent::event,
                        MessageTraceEvent::eventName,
                        MessageTraceEvent::source,
                        MessageTraceEvent::recipient,
                        MessageTraceEvent::connector,
                        MessageTraceEvent::reply)
                .containsExactly(
                        tuple(
                                EventClass.SEND,
                                "SENDEXTERNAL",
                                "SMTP",
                                "dave@partner.example",
                                "Outbound to partner",
                                "250 2.1.5 Recipient OK"),
                        tuple(
                                EventClass.FAIL,
                                "FAIL",
                                "SMTP",
                                "bob@partner.example",
                                "EDGE\\To partner",
                                "550 5.1.1 User unknown"),
                        tuple(
                                EventClass.FAIL,
                                "FAIL",
                                "QUEUE",
                                "carol@partner.example",
                                null,
                                "550 4.4.7 QUEUE.Expired;message expired"),
                        tuple(EventClass.CLOSE, "EXPAND", "ROUTING", "all@contoso.example", null, null),
                        tuple(
                                EventClass.FAIL,
                                "FAIL",
                                "ROUTING",
                                "zoe@partner.example",
                                null,
                                "550 5.4.4 ROUTING.NoConnectorForAddressType"));
        // RECEIVE 2, HADISCARD 1, store driver, logged before, two refusals of incoming mail, out-of-office drop.
        assertThat(result.counts()).isEqualTo(new Samples.Counts(13, 0, 8, 8));
    }

    @Test
    void shouldReadOlderLayoutsWithAndWithoutHeader() throws IOException {
        Samples.Result of2010 = Samples.sample("tracking-2010-headerless.log");
        assertThat(of2010.events())
                .extracting(
                        MessageTraceEvent::networkMessageId,
                        MessageTraceEvent::messageId,
                        MessageTraceEvent::server,
                        MessageTraceEvent::internalMessageId,
                        MessageTraceEvent::senderDomain,
                        event -> Samples.origin(event).line())
                .containsExactly(
                        tuple(null, "old@contoso.example", "EX10", "5", null, 1L),
                        tuple(null, null, "EX10", "5", null, 2L));
        assertThat(Samples.sample("tracking-2007-headerless.log").event(0).connector())
                .isEqualTo("Internet");
        MessageTraceEvent of2013 = Samples.sample("tracking-2013.log").event(0);
        assertThat(of2013.connector()).isEqualTo("Внутренний соединитель отправки");
        assertThat(of2013.networkMessageId()).isEqualTo("bbbbbbbb-0000-4000-8000-000000000001");
        assertThat(of2013.tenant()).isEqualTo(TraceRow.NO_TENANT);
    }

    @Test
    void shouldReadHeaderlessLayoutOfThirtyColumns() throws IOException {
        String headerless = Samples.text("tracking-2019.log").replaceAll("(?m)^#.*\r\n", "");
        Path file = Files.writeString(dir.resolve("headerless.txt"), headerless);

        assertThat(Samples.read(file).counts()).isEqualTo(new Samples.Counts(13, 0, 8, 8));
    }

    @Test
    void shouldGoOnAfterBrokenRows() throws IOException {
        Samples.Result result = Samples.sample("tracking-broken.log");

        assertThat(result.counts()).isEqualTo(new Samples.Counts(8, 5, 3, 0));
        assertThat(result.events())
                .extracting(MessageTraceEvent::recipient)
                .containsExactly("a@x.example", "b@x.example", "e@x.example");
        assertThat(result.unreadable())
                .extracting(UnreadableRow::line, UnreadableRow::reason)
                .containsExactly(
                        tuple(7L, "a quotation mark is not closed"),
                        tuple(9L, "it has 3 columns, the header names 30"),
                        tuple(10L, "the timestamp \"yesterday\" is not ISO 8601, such as 2026-01-05T08:00:00.000Z"),
                        tuple(11L, "it has no recipient"),
                        tuple(
                                12L,
                                "it names no message: network-message-id, message-id and internal-message-id are empty"));
        assertThat(result.unreadable().get(1).raw()).isEqualTo("2026-01-05T08:00:03.000Z,too,few");
    }

    @Test
    void shouldPreferTheTenantsConnectorInExtendedReports() throws IOException {
        Samples.Result result = Samples.sample("extended.csv");

        assertThat(result.events())
                .extracting(
                        MessageTraceEvent::tenant,
                        MessageTraceEvent::timestamp,
                        MessageTraceEvent::event,
                        MessageTraceEvent::connector,
                        MessageTraceEvent::connectorSource,
                        MessageTraceEvent::platform)
                .containsExactly(
                        tuple(
                                "d0d0d0d0-0000-4000-8000-00000000000a",
                                Instant.parse("2026-01-05T10:00:05Z"),
                                EventClass.DEFER,
                                "Contoso hybrid",
                                ConnectorSource.CUSTOM_DATA,
                                Platform.EXCHANGE_ONLINE),
                        tuple(
                                "d0d0d0d0-0000-4000-8000-00000000000a",
                                Instant.parse("2026-01-05T10:09:05Z"),
                                EventClass.SEND,
                                "Contoso hybrid",
                                ConnectorSource.CUSTOM_DATA,
                                Platform.EXCHANGE_ONLINE));
        assertThat(result.counts().others()).isEqualTo(1);
    }

    @Test
    void shouldSurviveHostileRows() throws IOException {
        String header = "#Fields: date-time,event-id,recipient-address,message-id\n";
        Path file = Files.writeString(
                dir.resolve("hostile.log"),
                header
                        + "#Fields: \"a\"b,c\n#Fields:\n"
                        + "2026-01-05T08:00:00Z,SEND,\"a\"b@x.example,m\n"
                        + "2026-01-05T08:00:01Z,SEND,a\rb@x.example,m\n"
                        + "0001-01-01T00:00:00Z,SEND,a@x.example,m\n"
                        + "2026-01-05T08:00:02Z,SEND," + "a".repeat(5000) + "@x.example,m\n"
                        + "2026-01-05T08:00:03Z,SEND,System.String[],m\n"
                        + "2026-01-05T08:00:04Z,SEND,ok@x.example,m\n"
                        + "2026-01-05T08:00:05Z,SEND,\"last");

        Samples.Result result = Samples.read(file);

        assertThat(result.events()).extracting(MessageTraceEvent::recipient).containsExactly("ok@x.example");
        assertThat(result.counts()).isEqualTo(new Samples.Counts(7, 6, 1, 0));
    }

    @Test
    void shouldReadWhatPowerShellExports() throws IOException {
        Path file = Files.writeString(dir.resolve("export.csv"), """
                #TYPE Selected.Microsoft.Exchange.Management.TransportLogSearchTasks.MessageTrackingEvent
                "Timestamp","ClientHostname","ServerHostname","SourceContext","ConnectorId","Source","EventId","MessageId","Recipients","RecipientStatus","Sender"
                "2026-01-05T08:00:00.0000000Z","MBX1","mail.partner.example","","To partner","SMTP","DEFER","<m1@contoso.example>","bob@partner.example;carol@partner.example","System.String[]","alice@contoso.example"
                "2026-01-05T08:00:01.0000000Z","MBX1","mail.partner.example","","To partner","SMTP","SEND","<m1@contoso.example>","{bob@partner.example, carol@partner.example}","","alice@contoso.example"
                """);

        Samples.Result result = Samples.read(file);

        assertThat(result.events())
                .extracting(MessageTraceEvent::event, MessageTraceEvent::recipient, MessageTraceEvent::reply)
                .containsExactly(
                        tuple(EventClass.DEFER, "bob@partner.example", null),
                        tuple(EventClass.DEFER, "carol@partner.example", null),
                        tuple(EventClass.SEND, "bob@partner.example", null),
                        tuple(EventClass.SEND, "carol@partner.example", null));
        assertThat(result.unreadable()).isEmpty();
    }

    @Test
    void shouldKnowColumnsBehindQuotesAndInvisibleCharacters() throws IOException {
        Path file = Files.writeString(
                dir.resolve("extended.csv"),
                "\"\"\"date_time_utc\"\"\",\u200bEvent_Id,\"\"\"recipient_address\"\"\",message_id , Custom_Data\n"
                        + "2026-01-05T08:00:00Z,DEFER,a@x.example,m1,\n");

        Samples.Result result = Samples.read(file);

        assertThat(result.events()).extracting(MessageTraceEvent::recipient).containsExactly("a@x.example");
        assertThat(result.format()).isEqualTo(InputFormat.EXTENDED);
    }

    /** It would stand in the position of a followed file, which is a record of a topic. */
    @Test
    void shouldTakeNoLineOfAMegabyteForAHeader() throws IOException {
        String header = "date-time,event-id,recipient-address,message-id";
        String row = "2026-01-05T08:00:00Z,SEND,a@x.example,m1\n";
        Path file = Files.writeString(
                dir.resolve("wide.log"),
                "#Fields: " + header + "\n#Fields: message-id," + header + "," + "x".repeat(1 << 20) + "\n" + row);

        Samples.Result result = Samples.read(file);

        assertThat(result.events()).extracting(MessageTraceEvent::messageId).containsExactly("m1");
    }

    @Test
    void shouldSurviveAnyCommasQuotesAndLinesInAField() throws IOException {
        String header = "#Fields: date-time,event-id,message-subject,recipient-address,message-id,sender-address\r\n";
        Path file = Files.writeString(
                dir.resolve("fields.log"),
                header
                        + "2026-01-05T08:00:00Z,SEND,\"a, \"\"b\"\"\r\n2026\r\n\r\n#Fields of gold\",a@x.example,,\r\n"
                                .replace("a@x.example,,", "a@x.example,m1,<>")
                        + header
                        + "2026-01-05T08:00:01Z,SEND,\"\",B@X.example ; c@x.example;,m2,\r\n");

        Samples.Result result = Samples.read(file);

        assertThat(result.events())
                .extracting(MessageTraceEvent::recipient, MessageTraceEvent::senderDomain)
                .containsExactly(tuple("a@x.example", null), tuple("b@x.example", null), tuple("c@x.example", null));
        assertThat(result.unreadable()).isEmpty();
    }
}
