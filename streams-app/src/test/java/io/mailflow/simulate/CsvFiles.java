package io.mailflow.simulate;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads back what was written, with a reader that is not ours. */
final class CsvFiles {

    private CsvFiles() {}

    static List<CsvRecord> trackingLog(Path file) throws IOException {
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofCsvRecord(file, StandardCharsets.UTF_8)) {
            return csv.stream().toList();
        }
    }

    static List<CsvRecord> report(Path file, Charset charset) throws IOException {
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file, charset)) {
            return csv.stream().toList();
        }
    }
}
