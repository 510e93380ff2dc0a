package io.mailflow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoHistoryTest {

    private static final Instant END = Instant.parse("2026-01-05T08:00:00Z");
    private static final int EVENT_ID = 8;
    private static final int STATUS = 13;

    @TempDir
    Path directory;

    private List<CsvRecord> read(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.startsWith("MSGTRK")) {
            return CsvFiles.trackingLog(file);
        }
        List<CsvRecord> rows =
                CsvFiles.report(file, name.contains("woodgrove") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
        assertThat(rows.get(0).getField(0)).isEqualTo("date_time_utc");
        return rows.subList(1, rows.size());
    }

    // Up to the server's name and time, which make every text another.
    private static String start(String status) {
        return status.substring(0, Math.min(status.length(), 105));
    }

    @Test
    void isRollingTrackingLogsAndTwoReports() throws IOException {
        List<Path> files = DemoHistory.write(directory, END);

        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "MSGTRK2026010300-1.LOG",
                        "MSGTRK2026010312-1.LOG",
                        "MSGTRK2026010400-1.LOG",
                        "MSGTRK2026010412-1.LOG",
                        "MSGTRK2026010500-1.LOG",
                        "MTDetails_fabrikam.example.csv",
                        "MTDetails_woodgrove.example.csv");
        int total = 0;
        Set<String> statuses = new TreeSet<>();
        for (Path file : files) {
            List<CsvRecord> rows = read(file);
            total += rows.size();
            int columns = file.toString().endsWith(".LOG") ? 30 : 27;
            assertThat(rows).extracting(CsvRecord::getFieldCount).containsOnly(columns);
            assertThat(rows)
                    .extracting(row -> Instant.parse(row.getField(0)))
                    .isSorted()
                    .allMatch(at -> !at.isBefore(END.minus(Duration.ofDays(2))) && at.isBefore(END));
            rows.forEach(row -> statuses.add(start(row.getField(STATUS))));
        }
        assertThat(total).isBetween(50_000, 70_000);
        assertThat(String.join("\n", statuses))
                .contains(
                        "450 4.4.312 DNS query failed [Message=InfoNoRecords]",
                        "450 4.4.315 Connection timed out [Message=Socket error code 10060]",
                        "450 4.4.316 Connection refused [Message=Socket error code 10061]",
                        "450 4.4.317 Cannot connect to remote server [Message=CertificateExpired]",
                        "450 4.4.317 Cannot connect to remote server [Message=SubjectMismatch Expected Subject: ",
                        "450 4.4.317 Cannot connect to remote server [Message=UntrustedRoot]",
                        "450 4.4.317 Cannot connect to remote server [Message=421 4.3.2 Service not available]",
                        "450 4.4.318 Connection was closed abruptly [Message=SocketError: ConnectionReset]",
                        "450 4.7.320 Certificate validation failed [Message=SubjectMismatch]",
                        "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect",
                        "550 5.4.316 Message expired, connection refused(Socket error code 10061)",
                        "550 4.4.7 QUEUE.Expired;message expired",
                        "550 5.1.1 User unknown");
    }

    @Test
    void logsWhatTheReadersMustTellApart() throws IOException {
        List<String> events = new ArrayList<>();
        for (Path file : DemoHistory.write(directory, END)) {
            if (file.toString().endsWith(".LOG")) {
                assertThat(Files.readAllLines(file).subList(0, 5))
                        .satisfiesExactly(
                                line -> assertThat(line).isEqualTo("#Software: Microsoft Exchange Server"),
                                line -> assertThat(line).startsWith("#Version: 15.02."),
                                line -> assertThat(line).isEqualTo("#Log-type: Message Tracking Log"),
                                line -> assertThat(line).matches("#Date: 2026-01-0\\dT[\\d:.]{12}Z"),
                                line -> assertThat(line.split(",")).hasSize(30));
                read(file).forEach(row -> events.add(row.getField(EVENT_ID)));
            }
        }
        assertThat(events)
                .contains(
                        "RECEIVE",
                        "HARECEIVE",
                        "AGENTINFO",
                        "SEND",
                        "SENDEXTERNAL",
                        "DEFER",
                        "FAIL",
                        "HADISCARD",
                        "HAREDIRECT");
    }

    @Test
    void writesTheSameBytesForTheSameSeed(@TempDir Path other) throws IOException {
        List<Path> files = DemoHistory.write(directory, END);
        List<Path> again = DemoHistory.write(other, END);
        assertThat(again).hasSameSizeAs(files);
        for (int i = 0; i < files.size(); i++) {
            assertThat(again.get(i)).hasSameBinaryContentAs(files.get(i));
        }
    }
}
