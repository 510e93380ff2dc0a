package io.mailflow.schema;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), of which ids, versions and fingerprints in records and stores are made. */
public final class Sha256 {

    private Sha256() {}

    /** A digest to be given bytes, for one thread. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }

    /** The first {@code length} of the hash's 32 bytes. */
    public static byte[] of(byte[] bytes, int length) {
        return Arrays.copyOf(digest().digest(bytes), length);
    }

    /** The first {@code length} of the hash's 32 bytes in hexadecimal, two lower-case digits each. */
    public static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(of(bytes, length));
    }
}
