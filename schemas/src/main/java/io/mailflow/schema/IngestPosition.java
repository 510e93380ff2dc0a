package io.mailflow.schema;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a followed file has been read, on {@code mailflow.ingest-positions} (compacted), written in the transaction
 * that wrote the events before it.
 *
 * @param source who follows: one name per followed folder
 * @param file the file's path when this was written, for people
 * @param fileKey what the file system calls the file whatever its name is: device and inode, else its creation time
 * @param head the file's first bytes, which tell it from another one that got the same file key
 * @param tail the bytes just before {@code offset}, which tell whether the file was truncated and written anew
 * @param offset bytes read, up to the end of a row
 * @param line lines up to there
 * @param format {@code tracking-log} or {@code canonical}
 * @param header the header line that names the columns of the next row, or null where there is none
 * @param newest the newest event time read from the file, or null before the first row
 * @param receiveConnectors connectors that the file's rows showed to receive mail
 * @param updatedAt when this was written
 */
public record IngestPosition(
        String source,
        String file,
        String fileKey,
        Fingerprint head,
        Fingerprint tail,
        long offset,
        long line,
        String format,
        @Nullable String header,
        @Nullable Instant newest,
        List<String> receiveConnectors,
        Instant updatedAt) {

    public IngestPosition {
        receiveConnectors = List.copyOf(receiveConnectors);
    }

    /**
     * Stands for some bytes.
     *
     * @param length how many
     * @param sha256 their SHA-256 in hexadecimal
     */
    public record Fingerprint(int length, String sha256) {}
}
