package io.mailflow.ingest;

import io.mailflow.format.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces addresses by {@code <HMAC-SHA256 in hex>@domain}: equal addresses stay equal, and nobody without the key can
 * try addresses out. Not for use by several threads at once.
 */
public final class RecipientHash {

    private static final int MIN_KEY_BYTES = 16;
    private static final int REMEMBERED = 10_000;
    private static final Pattern ADDRESS = Pattern.compile(
            "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,128}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,253}[\\p{L}\\p{N}])?");

    private final Mac mac;
    private final Map<String, String> recent = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    private RecipientHash(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /**
     * With the key's bytes.
     *
     * @throws IllegalArgumentException if there are fewer than 16
     */
    public static RecipientHash keyed(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("The key for hashing recipients has " + key.length
                    + " bytes; give at least " + MIN_KEY_BYTES + ".");
        }
        return new RecipientHash(key);
    }

    /** With the content of a file as the key, white space at its end left out. */
    public static RecipientHash fromFile(Path file) throws IOException {
        try {
            return keyed(Files.readString(file, StandardCharsets.ISO_8859_1)
                    .stripTrailing()
                    .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InputException("The key file " + file + " cannot be read.", e);
        }
    }

    /** The address with everything before its last {@code @} hashed; all of it where it has none. */
    public String hash(String address) {
        return recent.computeIfAbsent(address.toLowerCase(Locale.ROOT), lower -> {
            String hex = HexFormat.of().formatHex(mac.doFinal(lower.getBytes(StandardCharsets.UTF_8)));
            int at = lower.lastIndexOf('@');
            return at < 0 ? hex : hex + lower.substring(at);
        });
    }

    /** The text with every address in it hashed: replies quote recipients. */
    String hashWithin(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        return ADDRESS.matcher(text).replaceAll(match -> Matcher.quoteReplacement(hash(match.group())));
    }
}
