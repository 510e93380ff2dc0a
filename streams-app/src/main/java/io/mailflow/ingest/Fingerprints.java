package io.mailflow.ingest;

import io.mailflow.schema.IngestPosition.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Short stand-ins for bytes of a file. */
final class Fingerprints {

    private Fingerprints() {}

    /** Of all these bytes. */
    static Fingerprint of(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Fingerprint(bytes.length, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether the bytes begin with what the fingerprint was made of. */
    static boolean begins(byte[] bytes, Fingerprint head) {
        return bytes.length >= head.length()
                && of(Arrays.copyOf(bytes, head.length())).equals(head);
    }

    /** Bytes of a file from an offset, fewer where it ends before. */
    static byte[] read(FileChannel file, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(length, file.size() - offset)));
        int read = 0;
        while (read >= 0 && buffer.hasRemaining()) {
            read = file.read(buffer, offset + buffer.position());
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
