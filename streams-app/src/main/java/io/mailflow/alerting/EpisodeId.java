package io.mailflow.alerting;

import io.mailflow.schema.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/** The id of an episode: the same problem gets the same id on every run, on every machine. */
final class EpisodeId {

    private static final int BYTES = 16;

    private EpisodeId() {}

    /**
     * Hex of the first 16 bytes of SHA-256 over tenant, connector, code (each in UTF-8 after its length as a 4-byte
     * big-endian integer, so that no two keys read alike) and the opening minute (8-byte big-endian epoch second).
     */
    static String of(String tenant, String connector, String code, Instant opened) {
        MessageDigest digest = Sha256.digest();
        for (String field : new String[] {tenant, connector, code}) {
            byte[] text = field.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            digest.update(text);
        }
        long minute = opened.truncatedTo(ChronoUnit.MINUTES).getEpochSecond();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(minute).array());
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
    }
}
