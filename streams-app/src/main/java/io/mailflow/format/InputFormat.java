package io.mailflow.format;

import io.mailflow.schema.Platform;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of message traces, by the names {@code --format} takes. */
public enum InputFormat {
    /** Exchange Server message tracking log. */
    TRACKING_LOG("tracking-log", "message tracking logs of Exchange Server", Platform.EXCHANGE_SERVER),
    /** Exchange Online extended report (CSV, one row per event). */
    EXTENDED("extended", "extended reports", Platform.EXCHANGE_ONLINE),
    /** Exchange Online enhanced summary report (CSV, one row per message). */
    ENHANCED_SUMMARY("enhanced-summary", "enhanced summary reports", Platform.EXCHANGE_ONLINE),
    /** Summary trace as JSON: Microsoft Graph, Reporting Web Service, PowerShell. */
    TRACE_JSON("trace-json", "summary traces in JSON", Platform.EXCHANGE_ONLINE),
    /** Trace detail as JSON: Microsoft Graph, PowerShell. */
    DETAIL_JSON("detail-json", "trace details in JSON", Platform.EXCHANGE_ONLINE),
    /** Our own canonical events, one JSON object per line. */
    CANONICAL("canonical", "canonical NDJSON", Platform.EXCHANGE_ONLINE);

    private final String id;
    private final String description;
    private final Platform platform;

    InputFormat(String id, String description, Platform platform) {
        this.id = id;
        this.description = description;
        this.platform = platform;
    }

    /** The name on the command line. */
    public String id() {
        return id;
    }

    /** Whose queue its rows tell of; canonical events say so themselves. */
    Platform platform() {
        return platform;
    }

    /** All names, for messages: {@code tracking-log, extended, …}. */
    public static String ids() {
        return Arrays.stream(values()).map(InputFormat::id).collect(Collectors.joining(", "));
    }

    /** The sentence that says why an input was refused; what the formats are after it, if it is in none of them. */
    public static String advised(String sentence) {
        if (!sentence.endsWith(FormatDetector.UNKNOWN)) {
            return sentence;
        }
        return sentence + " Known are "
                + Arrays.stream(values())
                        .map(format -> format.description + " (" + format.id + ")")
                        .collect(Collectors.joining(", "))
                + ". If it is one of them, say which with --format.";
    }

    /**
     * The format of that name, in any case.
     *
     * @throws IllegalArgumentException if there is none; the message names the ones there are
     */
    public static InputFormat named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (InputFormat format : values()) {
            if (format.id.equals(wanted)) {
                return format;
            }
        }
        throw new IllegalArgumentException("Unknown format " + name + "; known: auto, " + ids() + ".");
    }
}
