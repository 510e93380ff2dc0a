package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code analyze} says, and the exit code, when there is nothing to analyse. No broker is started for it. */
class AnalyzeUsageTest {

    private static final String ROWS = """
            {"tenant":"adatum","timestamp":"2026-01-05T08:00:00Z","event":"send","messageId":"1@adatum.example",\
            "recipient":"a@partner.example","connector":"Out"}
            """;

    @TempDir
    private Path folder;

    private Path rows;

    @BeforeEach
    void writeRows() throws IOException {
        rows = Files.writeString(folder.resolve("rows.ndjson"), ROWS);
    }

    @Test
    void emptyFile() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.log"));
        assertUnreadable(CommandRun.of("analyze", "--json", file.toString()), "empty.log", "empty");
    }

    @Test
    void binaryFile() throws IOException {
        Path file = Files.write(
                folder.resolve("photo.log"),
                Base64.getDecoder()
                        .decode(
                                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="));
        assertUnreadable(CommandRun.of("analyze", file.toString()), "photo.log");
    }

    @Test
    void textOfAnotherKind() throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "Dear all,\n\nthe mail is late again.\n");
        assertUnreadable(CommandRun.of("analyze", file.toString()), "letter.txt");
    }

    @Test
    void folderWithoutFiles() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("logs"));
        assertUnreadable(CommandRun.of("analyze", empty.toString()), "logs");
    }

    @Test
    void folderWithoutReadableFiles() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Files.writeString(logs.resolve("letter.txt"), "Dear all,\n");
        CommandRun run = CommandRun.of("analyze", logs.toString());
        assertThat(run.code()).isEqualTo(Mailflow.FAILED);
        assertThat(run.err()).contains("letter.txt").doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void noSuchFile() {
        assertUnreadable(CommandRun.of("analyze", folder.resolve("absent.log").toString()), "absent.log");
    }

    @Test
    void headerWithoutRows() throws IOException {
        Path file = Files.writeString(folder.resolve("MSGTRK20260105-1.LOG"), """
                #Software: Microsoft Exchange Server
                #Version: 15.02.1258.012
                #Log-type: Message Tracking Log
                #Date: 2026-01-05T08:00:00.000Z
                #Fields: date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,\
                source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,\
                total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,\
                return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data
                """);
        CommandRun run = CommandRun.of("analyze", file.toString());
        assertUnreadable(run, "MSGTRK20260105-1.LOG");
        assertThat(run.err()).as("there are no reasons above").doesNotContain("above");
    }

    @Test
    void onlyBrokenRows() throws IOException {
        Path file =
                Files.writeString(folder.resolve("broken.ndjson"), ROWS.replace("2026-01-05T08:00:00Z", "on Monday"));
        CommandRun run = CommandRun.of("analyze", "--format", "canonical", file.toString());
        assertThat(run.code()).isEqualTo(Mailflow.FAILED);
        assertThat(run.err()).containsPattern("broken\\.ndjson\\D+1\\b").doesNotContain("Exception");
    }

    @Test
    void missingCommandAndInput() {
        assertWrongUsage(CommandRun.of(), "command");
        assertWrongUsage(CommandRun.of("analyze"), "FILE");
    }

    @Test
    void unknownOption() {
        assertWrongUsage(CommandRun.of("analyze", "--as-off", "x", rows.toString()), "--as-off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-05", "2026-02-30T00:00:00Z"})
    void finalClockThatIsNoInstant(String asOf) {
        assertWrongUsage(CommandRun.of("analyze", "--as-of", asOf, rows.toString()), "--as-of", asOf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a day", "24", "PT0S", "PT-24H"})
    void lifetimeThatIsNoPositiveDuration(String lifetime) {
        assertWrongUsage(CommandRun.of("analyze", "--lifetime=" + lifetime, rows.toString()), "--lifetime", lifetime);
    }

    @Test
    void unknownFormat() {
        assertWrongUsage(CommandRun.of("analyze", "--format", "syslog", rows.toString()), "syslog", "tracking-log");
    }

    @Test
    void blankTenant() {
        assertWrongUsage(CommandRun.of("analyze", "--tenant", " ", rows.toString()), "--tenant");
    }

    @Test
    void connectorsThatAreNotThere() {
        CommandRun run = CommandRun.of(
                "analyze", "--connectors", folder.resolve("absent.yaml").toString(), rows.toString());
        assertThat(run.code()).isEqualTo(Mailflow.FAILED);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains("absent.yaml").doesNotContain("Exception");
    }

    @Test
    void connectorsWithUnknownKey() throws IOException {
        Path file = Files.writeString(
                folder.resolve("connectors.yaml"), "connectors:\n  - name: Out\n    smarthost: [relay.example]\n");
        CommandRun run = CommandRun.of("analyze", "--connectors", file.toString(), rows.toString());
        assertThat(run.code()).isEqualTo(Mailflow.FAILED);
        assertThat(run.err()).contains("connectors.yaml", "smarthost").doesNotContain("Exception");
    }

    private static void assertUnreadable(CommandRun run, String... words) {
        assertThat(run.code()).as(run.err()).isEqualTo(Mailflow.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).as("one clear sentence").hasSize(1);
        assertThat(run.err()).containsIgnoringCase(words[0]).contains(words).doesNotContain("Exception");
    }

    private static void assertWrongUsage(CommandRun run, String... words) {
        assertThat(run.code()).as(run.err()).isEqualTo(Mailflow.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("Exception");
        List.of(words).forEach(word -> assertThat(run.err()).containsIgnoringCase(word));
    }
}
