package io.mailflow.ingest;

import io.mailflow.schema.IngestPosition.Fingerprint;
import io.mailflow.schema.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Short stand-ins for bytes of a file. */
final class Fingerprints {

    private static final int WHOLE = 32;

    private Fingerprints() {}

    /** Of all these bytes. */
    static Fingerprint of(byte[] bytes) {
        return new Fingerprint(bytes.length, Sha256.hex(bytes, WHOLE));
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
