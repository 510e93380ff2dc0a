package io.mailflow.reply;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands before the first reply of a text: labels, brackets, and container parts that hold none. */
final class Lead {

    private static final Pattern NOISE = Pattern.compile("[\\s\\u00a0\\ufeff#*\\[\\]{}(<>\"';]+"
            + "|(?i:(?:reason|defer(?:red)?|fail(?:ed)?|(?:last )?error|status|diagnostic-code)\\s{0,3}:)"
            + "|(?i:remote server (?:returned|said|responded)(?: with)?:?)"
            + "|(?i:smtp;)"
            + "|LED\\s{0,3}="
            + "|(?:LRT|MSG|FQDN|IP)\\s{0,3}=[^};]*");

    private static final Pattern LED = Pattern.compile("\\bLED\\s{0,3}=[\\s#\"']{0,3}");

    private Lead() {}

    /** Index of the first character that can begin a reply. */
    static int end(String text) {
        Matcher noise = NOISE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            noise.region(at, text.length());
            if (!noise.lookingAt()) {
                break;
            }
            at = noise.end();
        }
        return at;
    }

    /** Index of the last-error value of a container that stands anywhere in the text, or -1. */
    static int lastErrorValue(String text) {
        Matcher led = LED.matcher(text);
        return led.find() ? led.end() : -1;
    }
}
