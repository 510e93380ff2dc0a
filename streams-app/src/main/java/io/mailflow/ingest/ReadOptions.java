package io.mailflow.ingest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How inputs are read.
 *
 * @param format the format of every input, or empty to recognise each by its content
 * @param tenant the organisation of every event, or empty to take what the inputs name
 * @param asOf events after this instant are counted and left out
 * @param recipientHash replaces recipient addresses by keyed hashes
 * @param tempDir where sorting may write; removed again when the spool is closed
 * @param progress told how far reading is
 */
public record ReadOptions(
        Optional<InputFormat> format,
        Optional<String> tenant,
        Optional<Instant> asOf,
        Optional<RecipientHash> recipientHash,
        Path tempDir,
        ReadProgress progress) {

    /** Recognise the format, take every event, hash nothing, sort in the system's temporary folder. */
    public static ReadOptions defaults() {
        return new ReadOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Path.of(System.getProperty("java.io.tmpdir")),
                ReadProgress.NONE);
    }

    /** The same for one format. */
    public ReadOptions withFormat(InputFormat other) {
        return new ReadOptions(Optional.of(other), tenant, asOf, recipientHash, tempDir, progress);
    }

    /** The same for one tenant. */
    public ReadOptions withTenant(String other) {
        return new ReadOptions(format, Optional.of(other), asOf, recipientHash, tempDir, progress);
    }

    /** The same with a last instant. */
    public ReadOptions withAsOf(Instant other) {
        return new ReadOptions(format, tenant, Optional.of(other), recipientHash, tempDir, progress);
    }

    /** The same with hashed recipients. */
    public ReadOptions withRecipientHash(RecipientHash other) {
        return new ReadOptions(format, tenant, asOf, Optional.of(other), tempDir, progress);
    }

    /** The same, sorting elsewhere. */
    public ReadOptions withTempDir(Path other) {
        return new ReadOptions(format, tenant, asOf, recipientHash, other, progress);
    }

    /** The same, telling somebody how far it is. */
    public ReadOptions withProgress(ReadProgress other) {
        return new ReadOptions(format, tenant, asOf, recipientHash, tempDir, other);
    }
}
