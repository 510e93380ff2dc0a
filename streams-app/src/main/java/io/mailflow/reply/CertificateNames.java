package io.mailflow.reply;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a reply about a certificate tells:
 * {@code SubjectMismatch Expected Subject: *.contoso.com. Presented Subject: CN=EX01. Thumbprint: …}. Such texts are
 * often cut, so the second may be missing.
 *
 * @param expected the name that the connector demands
 * @param presented the name that the server's certificate holds
 */
public record CertificateNames(Optional<String> expected, Optional<String> presented) {

    /** No text names any. */
    public static final CertificateNames NONE = new CertificateNames(Optional.empty(), Optional.empty());

    private static final String NAME =
            "Subject:\\s{0,3}([^\\[\\](){};]{1,200}?)(?=\\.?\\s{1,3}(?:Presented|Thumbprint)\\b"
                    + "|\\.?\\s{0,3}(?:[\\[\\](){};]|$))";
    private static final Pattern EXPECTED = Pattern.compile("Expected " + NAME, Pattern.CASE_INSENSITIVE);
    private static final Pattern PRESENTED = Pattern.compile("Presented " + NAME, Pattern.CASE_INSENSITIVE);

    /** The names in a text; none where it is about something else. */
    public static CertificateNames in(String text) {
        return new CertificateNames(first(EXPECTED, text), first(PRESENTED, text));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
