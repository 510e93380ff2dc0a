package io.mailflow.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of one file, asked for key by key. Each question names the key, its default and its range; what was never
 * asked for is an unknown key. Afterwards {@link #asked()} is the list of all keys there are.
 */
final class Settings {

    /** The word where there is none of something. */
    private static final String NONE = "none";

    private static final Pattern SECRET =
            Pattern.compile("passw|secret|token|credential|jaas|key", Pattern.CASE_INSENSITIVE);

    private final Map<String, YamlLines.Value> values;
    private final String file;
    private final Set<String> asked = new LinkedHashSet<>();

    Settings(Map<String, YamlLines.Value> values, String file) {
        this.values = values;
        this.file = file;
    }

    String text(String key, String byDefault, Predicate<String> valid, String expected) {
        YamlLines.Value value = take(key);
        if (value == null) {
            return byDefault;
        }
        if (value.text().isBlank() || !valid.test(value.text())) {
            throw bad(key, value, expected);
        }
        return value.text();
    }

    /** A text that is never repeated in a message: somebody may have written a secret there. */
    String unspoken(String key, String byDefault, Predicate<String> valid, String expected) {
        YamlLines.Value value = take(key);
        if (value == null) {
            return byDefault;
        }
        if (!valid.test(value.text())) {
            throw new ConfigException(YamlLines.at(file, value.line()) + ": " + key
                    + " holds what is not told here; expected " + expected);
        }
        return value.text();
    }

    /** Where a secret stands, null where there is none. */
    @Nullable
    SecretSource secret(String key) {
        String text = unspoken(
                key,
                NONE,
                value -> value.equals(NONE) || SecretSource.parse(value).isPresent(),
                "none, or where the secret stands: file:/etc/mailflow/secret or env:NAME");
        return SecretSource.parse(text).orElse(null);
    }

    int whole(String key, int byDefault, int atLeast, int atMost) {
        YamlLines.Value value = take(key);
        if (value == null) {
            return byDefault;
        }
        String expected =
                String.format(Locale.ROOT, "a whole number between %d and %d, such as %d", atLeast, atMost, byDefault);
        try {
            long number = Long.parseLong(value.text().replace("_", ""));
            if (number >= atLeast && number <= atMost) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            throw bad(key, value, expected);
        }
        throw bad(key, value, expected);
    }

    double share(String key, double byDefault) {
        YamlLines.Value value = take(key);
        if (value == null) {
            return byDefault;
        }
        String expected = "a share above 0 and up to 1, such as " + byDefault;
        try {
            double number = Double.parseDouble(value.text());
            if (number > 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(key, value, expected);
        }
        throw bad(key, value, expected);
    }

    Duration duration(String key, Duration byDefault, Duration atLeast, Duration atMost) {
        YamlLines.Value value = take(key);
        if (value == null) {
            return byDefault;
        }
        return DurationText.read(value.text())
                .filter(duration -> duration.compareTo(atLeast) >= 0 && duration.compareTo(atMost) <= 0)
                .orElseThrow(() -> bad(
                        key,
                        value,
                        "a duration between " + DurationText.of(atLeast) + " and " + DurationText.of(atMost)
                                + ", such as " + DurationText.of(byDefault)));
    }

    /** A word that has to be said: {@code true} or {@code false}. */
    boolean word(String key, boolean byDefault) {
        YamlLines.Value value = take(key);
        if (value == null) {
            return byDefault;
        }
        return switch (value.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(key, value, "true or false");
        };
    }

    /** A file that may be left out, by its absence or by an empty value. */
    @Nullable
    Path file(String key) {
        YamlLines.Value value = take(key);
        if (value == null || value.text().isBlank()) {
            return null;
        }
        if (value.text().indexOf('\0') >= 0) {
            throw bad(key, value, "a file");
        }
        return Path.of(value.text());
    }

    /** Everything under the section as it is written, its keys without the section's name. */
    Map<String, String> section(String section) {
        asked.add(section);
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, YamlLines.Value> entry : values.entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(section + ".")) {
                asked.add(key);
                found.put(key.substring(section.length() + 1), entry.getValue().text());
            } else if (key.equals(section) && !entry.getValue().text().isBlank()) {
                throw bad(key, entry.getValue(), "keys with values under it");
            }
        }
        return found;
    }

    /** Demands something of a value that only shows beside others; says so where the key stands in the file. */
    void demand(boolean holds, String key, Object value, String expected) {
        if (!holds) {
            YamlLines.Value written = values.get(key);
            throw written == null
                    ? new ConfigException(file + ": " + key + " is " + value + " by default; expected " + expected)
                    : bad(key, written, expected);
        }
    }

    /** Refuses what nobody asked for. A section that is named but empty, with its keys commented out, is no error. */
    void refuseUnknown() {
        KeyNames names = new KeyNames(asked);
        values.forEach((key, value) -> {
            boolean emptySection = value.text().isBlank() && names.isSection(key);
            if (!asked.contains(key) && !emptySection) {
                String has = value.text().isBlank() ? "it has no value" : shown(key, value);
                throw new ConfigException(YamlLines.at(file, value.line()) + ": unknown key " + key + " (" + has
                        + "); expected " + names.insteadOf(key));
            }
        });
    }

    /** Every key that was asked for, in order. */
    List<String> asked() {
        return new ArrayList<>(asked);
    }

    private YamlLines.@Nullable Value take(String key) {
        asked.add(key);
        return values.get(key);
    }

    private ConfigException bad(String key, YamlLines.Value value, String expected) {
        String is = value.text().isBlank() ? " has no value" : " is \"" + withoutCredentials(value.text()) + "\"";
        return new ConfigException(YamlLines.at(file, value.line()) + ": " + key + is + "; expected " + expected);
    }

    /** A key that does not exist may be one of a secret, mistyped. */
    private static String shown(String key, YamlLines.Value value) {
        return SECRET.matcher(key).find()
                ? "its value is not told here"
                : "its value is \"" + withoutCredentials(value.text()) + "\"";
    }

    private static String withoutCredentials(String text) {
        return text.replaceAll("//[^/@]*@", "//…@");
    }
}
