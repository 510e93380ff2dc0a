package io.mailflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mailflow.format.InputException;
import io.mailflow.format.InputFormat;
import io.mailflow.format.Samples;
import io.mailflow.format.TraceRow;
import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

    @TempDir
    Path dir;

    @Test
    void shouldReadArchivesEachEntryAsItsOwnInput() throws IOException {
        byte[] log = Files.readAllBytes(Samples.path("tracking-2010-headerless.log"));
        Path gz = dir.resolve("a.log");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(log);
        }
        Path zip = dir.resolve("b.dat");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("in/two.json"));
            out.write(Files.readAllBytes(Samples.path("canonical.ndjson")));
            out.putNextEntry(new ZipEntry("in/readme.txt"));
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }

        Reading.Result result = Reading.read(List.of(gz.toString(), zip.toString()), ReadOptions.defaults());

        assertThat(result.events())
                .extracting(event -> Samples.origin(event).file())
                .containsExactly(gz.toString(), gz.toString(), zip + "!in/two.json", zip + "!in/two.json");
        assertThat(result.spool().skipped()).extracting(SkippedInput::file).containsExactly(zip + "!in/readme.txt");
    }

    @Test
    void shouldKeepTheRowsBeforeABreakInCompressedData() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(whole)) {
            String row = Samples.text("tracking-2010-headerless.log");
            for (int i = 0; i < 5000; i++) {
                out.write(row.replace("<old@", "<" + (i * 7919L % 10007) + "-" + i + "@")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        Path cut =
                Files.write(dir.resolve("cut.gz"), java.util.Arrays.copyOf(whole.toByteArray(), whole.size() - 1000));

        Reading.Result result = Reading.read(cut);

        assertThat(result.events()).isNotEmpty();
        assertThat(result.unreadable())
                .extracting(UnreadableRow::reason)
                .contains("the compressed data ends early or is broken; the rows before it were read");
    }

    @Test
    void shouldReadFoldersGlobsAndStandardInput() throws IOException {
        Files.createDirectories(dir.resolve("logs/deep"));
        Files.copy(Samples.path("tracking-2007-headerless.log"), dir.resolve("logs/deep/b.log"));
        Files.copy(Samples.path("tracking-2010-headerless.log"), dir.resolve("logs/a.log"));
        byte[] stdin = Files.readAllBytes(Samples.path("canonical.ndjson"));

        assertThat(Reading.read(List.of(dir.resolve("logs").toString()), ReadOptions.defaults())
                        .events())
                .hasSize(3);
        assertThat(Reading.read(List.of(dir.resolve("logs") + "/*.log"), ReadOptions.defaults())
                        .events())
                .hasSize(2);
        assertThat(Reading.read(List.of(dir.resolve("logs") + "/**.log"), ReadOptions.defaults())
                        .events())
                .hasSize(3);
        try (InputSpool spool = Inputs.read(List.of("-"), ReadOptions.defaults(), new ByteArrayInputStream(stdin))) {
            assertThat(spool.accounting().rows()).isEqualTo(5);
            assertThat(Samples.origin(spool.events().next()).file()).isEqualTo("(standard input)");
        }
    }

    @Test
    void shouldSayInOneSentenceWhatCannotBeRead() throws IOException {
        assertSentence("There is no file or folder " + dir.resolve("gone") + ".", dir.resolve("gone"));
        assertSentence("The folder " + dir + " holds no files.", dir);
        Path empty = Files.createFile(dir.resolve("empty.log"));
        assertSentence(empty + " is empty.", empty);
        Path image =
                Files.write(dir.resolve("x.log"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 1, 2, 0, 5, 7, 0, 0});
        assertSentence(image + " is not text, so it is not a message trace.", image);
        Path smtp = Files.writeString(
                dir.resolve("send.log"),
                "#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n#Fields: a,b\n");
        assertSentence(
                smtp
                        + " is a log of another kind (SMTP Send Protocol Log); a message tracking log (MSGTRK*.log) is needed.",
                smtp);
        Path prose = Files.writeString(dir.resolve("prose.txt"), "Dear admin,\nno trace here.\n");
        assertSentence(
                prose + " is not a message trace, in none of the known formats. Known are message tracking logs of"
                        + " Exchange Server (tracking-log),"
                        + " extended reports (extended), enhanced summary reports (enhanced-summary), summary traces in"
                        + " JSON (trace-json), trace details in JSON (detail-json), canonical NDJSON (canonical). If it"
                        + " is one of them, say which with --format.",
                prose);
        Path readme = Files.writeString(
                dir.resolve("README.md"), "# Mail\n\n[a link](x)\n{braces}\n```\n[INFO] Tests run: 3\n```\n");
        assertThatThrownBy(() -> Reading.read(readme))
                .hasMessageStartingWith(readme + " is not a message trace, in none of");
        Path json = Files.writeString(dir.resolve("package.json"), "{\n  \"name\": \"x\"\n}\n");
        assertThatThrownBy(() -> Reading.read(json))
                .hasMessageStartingWith(
                        json + " is JSON, but not a message trace, in none of the known formats. Known are");
        Path connectors = Files.writeString(dir.resolve("c.json"), "[{\"Name\":\"a\",\"UseMXRecord\":true}]");
        assertSentence(connectors + " lists connectors, not messages; pass it with --connectors.", connectors);
    }

    private static void assertSentence(String sentence, Path path) {
        assertThatThrownBy(() -> Reading.read(path))
                .isInstanceOf(InputException.class)
                .hasMessage(sentence);
    }

    @Test
    void shouldAcceptAnAnswerWithoutRows() throws IOException {
        Path file = Files.writeString(dir.resolve("none.json"), "{\"@odata.context\":\"x\",\"value\":[]}");
        assertThat(Reading.read(file).accounting()).isEqualTo(new InputAccounting(0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldSortAcrossFilesAndKeepTheOrderOfEqualTimes() throws IOException {
        Path late = dir.resolve("1.ndjson");
        Path early = dir.resolve("2.ndjson");
        Files.writeString(late, canonical(3, "a") + canonical(1, "b") + canonical(2, "c"));
        Files.writeString(early, canonical(2, "d") + canonical(1, "e"));

        assertThat(Reading.read(List.of(late.toString(), early.toString()), ReadOptions.defaults())
                        .events())
                .extracting(MessageTraceEvent::recipient)
                .containsExactly("b@x.example", "e@x.example", "c@x.example", "d@x.example", "a@x.example");
    }

    @Test
    void shouldMergeManyRunsFromDisk() throws IOException {
        List<Long> times = new ArrayList<>();
        Path work = Files.createDirectory(dir.resolve("work"));
        try (EventSpool spool = new EventSpool(work, 3)) {
            for (int i = 0; i < 20; i++) {
                spool.add(0, event(Instant.parse("2026-01-05T08:00:00Z").plusSeconds(i * 13 % 20), "r" + i));
            }
            Iterator<EventSpool.Spooled> sorted = spool.sorted(document -> "f", "t");
            sorted.forEachRemaining(one -> times.add(one.event().timestamp().getEpochSecond()));
        }
        assertThat(times).hasSize(20).isSorted().doesNotHaveDuplicates();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void shouldCountWhatComesAfterAsOfOfAnyClass() throws IOException {
        Reading.Result result = Reading.read(
                List.of(Samples.path("tracking-2019.log").toString()),
                ReadOptions.defaults()
                        .withAsOf(Instant.parse("2026-01-05T08:05:00Z"))
                        .withTempDir(dir));

        assertThat(result.accounting()).isEqualTo(new InputAccounting(13, 0, 16, 4, 3, 9));
        assertThat(result.spool().latestTimestamp()).contains(Instant.parse("2026-01-05T08:07:06Z"));
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void shouldLearnReceiveConnectorsPerInputEvenLaterInTheFile() throws IOException {
        String head = "#Fields: date-time,event-id,source,connector-id,recipient-address,recipient-status,message-id\n";
        String fail = "2026-01-05T08:00:00Z,FAIL,SMTP,Gate,a@x.example,550 5.7.1 no,m1\n";
        String expired = "2026-01-05T08:00:01Z,FAIL,SMTP,Gate,b@x.example,550 4.4.7 expired,m1\n";
        String receive = "2026-01-05T08:00:02Z,RECEIVE,SMTP,gate,a@x.example,,m2\n";
        Path with = Files.writeString(dir.resolve("with.log"), head + fail + expired + receive);
        Path without = Files.writeString(dir.resolve("without.log"), head + fail);

        Reading.Result result = Reading.read(List.of(with.toString(), without.toString()), ReadOptions.defaults());

        assertThat(result.events())
                .extracting(
                        MessageTraceEvent::recipient,
                        event -> Samples.origin(event).file())
                .containsExactly(tuple("a@x.example", without.toString()), tuple("b@x.example", with.toString()));
        assertThat(result.accounting()).isEqualTo(new InputAccounting(4, 0, 4, 2, 2, 0));
    }

    @Test
    void shouldTakeTheOnlyTenantElseDefault() throws IOException {
        String one = Samples.path("trace-rws.json").toString();
        String none = Samples.path("trace-graph.json").toString();
        String other = Samples.path("extended.csv").toString();

        assertThat(Reading.read(List.of(one, none), ReadOptions.defaults()).events())
                .extracting(MessageTraceEvent::tenant)
                .containsOnly("contoso.example");
        assertThat(Reading.read(List.of(one, other, none), ReadOptions.defaults())
                        .events())
                .extracting(MessageTraceEvent::tenant)
                .containsOnly("contoso.example", "d0d0d0d0-0000-4000-8000-00000000000a", "default");
        assertThat(Reading.read(List.of(one, other), ReadOptions.defaults().withTenant("mine"))
                        .events())
                .extracting(MessageTraceEvent::tenant)
                .containsOnly("mine");
    }

    @Test
    void shouldHashRecipientsAlsoInRepliesAndRawRows() throws IOException {
        Path key = Files.writeString(dir.resolve("key"), "0123456789abcdef0123\n");
        Path file = Files.writeString(dir.resolve("x.ndjson"), """
                {"timestamp":"2026-01-05T08:00:00Z","event":"defer","messageId":"m","recipient":"Bob@x.example","reply":"450 4.1.1 <bob@x.example> busy"}
                {"timestamp":"2026-01-05T08:00:00Z","recipient":"bob@x.example"}
                """);

        Reading.Result result = Reading.read(
                List.of(file.toString()), ReadOptions.defaults().withRecipientHash(RecipientHash.fromFile(key)));

        String hash = result.event(0).recipient();
        assertThat(hash).matches("[0-9a-f]{64}@x\\.example");
        assertThat(result.event(0).reply()).isEqualTo("450 4.1.1 <" + hash + "> busy");
        assertThat(result.unreadable().get(0).raw()).contains(hash).doesNotContain("bob@");
    }

    @Test
    void shouldObeyAForcedFormatAndTellProgress() throws IOException {
        List<Long> told = new ArrayList<>();
        Path file = Samples.path("canonical.ndjson");
        Reading.Result result = Reading.read(
                List.of(file.toString()),
                ReadOptions.defaults()
                        .withFormat(InputFormat.named("trace-json"))
                        .withProgress((read, total) -> {
                            assertThat(total).isEqualTo(file.toFile().length());
                            told.add(read);
                        }));

        assertThat(result.accounting().unreadable()).isEqualTo(5);
        assertThat(told).last().isEqualTo(file.toFile().length());
        assertThatThrownBy(() -> InputFormat.named("excel"))
                .hasMessageContaining("Unknown format excel; known: auto, tracking-log");
    }

    @Test
    void shouldNameTheOnlyRecipientOfAMessageWhereADetailNamesNone() throws IOException {
        String one = "99999999-0000-4000-8000-00000000000a";
        String two = "99999999-0000-4000-8000-00000000000b";
        Path details = Files.writeString(dir.resolve("a-details.json"), detail(one) + detail(two));
        Path summary = Files.writeString(
                dir.resolve("b-summary.json"),
                pending(one, "bob@partner.example")
                        + pending(one, "Bob@Partner.example")
                        + pending(two, "carol@partner.example")
                        + pending(two, "dave@partner.example"));
        List<String> inputs = List.of(details.toString(), summary.toString());

        List<MessageTraceEvent> events =
                Reading.read(inputs, ReadOptions.defaults()).events();
        assertThat(events)
                .filteredOn(event -> event.event() == EventClass.DEFER)
                .extracting(MessageTraceEvent::networkMessageId, MessageTraceEvent::recipient)
                .containsExactlyInAnyOrder(tuple(one, "bob@partner.example"), tuple(two, TraceRow.UNNAMED));

        ReadOptions hashed = ReadOptions.defaults().withRecipientHash(RecipientHash.keyed(new byte[16]));
        assertThat(Reading.read(inputs, hashed).events())
                .filteredOn(event -> one.equals(event.networkMessageId()))
                .extracting(MessageTraceEvent::recipient)
                .hasSize(3)
                .doesNotContain(TraceRow.UNNAMED)
                .containsOnly(RecipientHash.keyed(new byte[16]).hash("bob@partner.example"));
    }

    private static String detail(String id) {
        return """
                {"dateTime":"2026-01-05T08:10:00Z","event":"Defer","description":"450 4.4.316 Connection refused","id":"%s"}
                """.formatted(id);
    }

    private static String pending(String id, String recipient) {
        return """
                {"id":"%s","receivedDateTime":"2026-01-05T08:00:00Z","status":"pending","recipientAddress":"%s"}
                """.formatted(id, recipient);
    }

    @Test
    void shouldHashAddressesInReasonsToo() throws IOException {
        Path file = Files.writeString(
                dir.resolve("events.ndjson"),
                "{\"timestamp\":\"bob@contoso.example\",\"event\":\"defer\",\"messageId\":\"m\",\"recipient\":\"a\"}\n");

        Reading.Result result = Reading.read(
                List.of(file.toString()),
                ReadOptions.defaults()
                        .withFormat(InputFormat.CANONICAL)
                        .withRecipientHash(RecipientHash.keyed(new byte[16])));

        assertThat(result.unreadable())
                .singleElement()
                .extracting(UnreadableRow::reason)
                .asString()
                .contains("timestamp", "@contoso.example")
                .doesNotContain("bob");
    }

    private static String canonical(int second, String who) {
        return "{\"timestamp\":\"2026-01-05T08:00:0" + second
                + "Z\",\"event\":\"send\",\"messageId\":\"m\",\"recipient\":\"" + who + "@x.example\"}\n";
    }

    static MessageTraceEvent event(Instant timestamp, String recipient) {
        return new MessageTraceEvent(
                "t",
                timestamp,
                EventClass.SEND,
                null,
                null,
                null,
                "m",
                null,
                null,
                recipient,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
