package io.mailflow.ingest;

import io.mailflow.format.InputFormat;
import io.mailflow.format.ReplyText;
import io.mailflow.format.TraceRow;
import io.mailflow.format.UnreadableRow;
import io.mailflow.schema.MessageTraceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How inputs are read.
 *
 * @param format the format of every input, or empty to recognise each by its content
 * @param tenant the organisation of every event, or empty to take what the inputs name
 * @param otherwise the organisation of events that name none, or empty to take the only one that the inputs name
 * @param asOf events after this instant are counted and left out
 * @param recipientHash replaces recipient addresses by keyed hashes
 * @param tempDir where sorting may write; removed again when the spool is closed
 * @param progress told how far reading is
 */
public record ReadOptions(
        Optional<InputFormat> format,
        Optional<String> tenant,
        Optional<String> otherwise,
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
                Optional.empty(),
                Path.of(System.getProperty("java.io.tmpdir")),
                ReadProgress.NONE);
    }

    /** The same for one format. */
    public ReadOptions withFormat(InputFormat other) {
        return new ReadOptions(Optional.of(other), tenant, otherwise, asOf, recipientHash, tempDir, progress);
    }

    /** The same for one tenant. */
    public ReadOptions withTenant(String other) {
        return new ReadOptions(format, Optional.of(other), otherwise, asOf, recipientHash, tempDir, progress);
    }

    /** The same with a tenant for what names none. */
    public ReadOptions withOtherwise(String other) {
        return new ReadOptions(format, tenant, Optional.of(other), asOf, recipientHash, tempDir, progress);
    }

    /** The same with a last instant. */
    public ReadOptions withAsOf(Instant other) {
        return new ReadOptions(format, tenant, otherwise, Optional.of(other), recipientHash, tempDir, progress);
    }

    /** The same with hashed recipients. */
    public ReadOptions withRecipientHash(RecipientHash other) {
        return new ReadOptions(format, tenant, otherwise, asOf, Optional.of(other), tempDir, progress);
    }

    /** The same, sorting elsewhere. */
    public ReadOptions withTempDir(Path other) {
        return new ReadOptions(format, tenant, otherwise, asOf, recipientHash, other, progress);
    }

    /** The same, telling somebody how far it is. */
    public ReadOptions withProgress(ReadProgress other) {
        return new ReadOptions(format, tenant, otherwise, asOf, recipientHash, tempDir, other);
    }

    /** The event with the tenant and the hashes that are asked for. */
    MessageTraceEvent asAsked(MessageTraceEvent event) {
        String own = event.tenant().equals(TraceRow.NO_TENANT) ? otherwise.orElse(TraceRow.NO_TENANT) : event.tenant();
        String asked = tenant.orElse(own);
        MessageTraceEvent ofTenant = asked.equals(event.tenant()) ? event : event.withTenant(asked);
        return recipientHash.map(hash -> hashed(ofTenant, hash)).orElse(ofTenant);
    }

    private static MessageTraceEvent hashed(MessageTraceEvent event, RecipientHash hash) {
        MessageTraceEvent named =
                SoleRecipients.isUnnamed(event) ? event : event.withRecipient(hash.hash(event.recipient()));
        String reply = event.reply();
        return reply == null ? named : named.withReply(ReplyText.bounded(hash.hashWithin(reply)));
    }

    /** The row without addresses where hashes are asked for. */
    UnreadableRow asAsked(UnreadableRow row) {
        return recipientHash
                .map(hash -> new UnreadableRow(
                        row.file(), row.line(), hash.hashWithin(row.reason()), hash.hashWithin(row.raw())))
                .orElse(row);
    }
}
