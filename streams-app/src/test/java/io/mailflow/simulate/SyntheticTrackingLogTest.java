package io.mailflow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticTrackingLogTest {

    @TempDir
    Path directory;

    @Test
    void hasTheRowsAskedForOverAboutTwoDays() throws IOException {
        Path file = directory.resolve("big.log");
        SyntheticTrackingLog.write(file, 50_000, 7);

        List<CsvRecord> rows = CsvFiles.trackingLog(file);
        assertThat(rows).hasSize(50_000).extracting(CsvRecord::getFieldCount).containsOnly(30);
        List<Instant> times =
                rows.stream().map(row -> Instant.parse(row.getField(0))).toList();
        assertThat(times).isSorted();
        assertThat(Duration.between(times.get(0), times.get(times.size() - 1)))
                .isBetween(Duration.ofHours(44), Duration.ofHours(52));
        assertThat(rows.stream().filter(row -> row.getField(8).equals("DEFER")).count())
                .isBetween(7_500L, 10_000L);
        assertThat(rows.stream()
                        .filter(row -> row.getField(8).equals("DEFER"))
                        .map(row -> row.getField(6))
                        .distinct())
                .hasSize(20);
        assertThat(rows).extracting(row -> row.getField(7)).contains("QUEUE");
    }

    @Test
    void givesTheSameBytesForTheSameSeed() throws IOException {
        Path one = directory.resolve("one.log");
        Path two = directory.resolve("two.log");
        Path other = directory.resolve("other.log");
        SyntheticTrackingLog.write(one, 2_000, 7);
        SyntheticTrackingLog.write(two, 2_000, 7);
        SyntheticTrackingLog.write(other, 2_000, 8);
        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(other).isRegularFile();
        assertThat(Files.mismatch(one, other)).isNotNegative();
    }

    @Test
    void writesNothingButTheHeaderForNoRows() throws IOException {
        Path file = directory.resolve("none.log");
        SyntheticTrackingLog.write(file, 0, 7);
        assertThat(file).content().hasLineCount(5);
    }
}
