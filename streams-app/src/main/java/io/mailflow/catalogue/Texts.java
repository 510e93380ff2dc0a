package io.mailflow.catalogue;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of one language by dotted key, as ICU messages. What it lacks is taken from English, and counted. */
public final class Texts {

    /** A character of the scripts that write no blanks; the long vowel mark belongs to no script. */
    private static final String NO_BLANKS = "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\u30FC]";

    private static final Pattern BEGINS_OR_ENDS_WITHOUT_BLANKS =
            Pattern.compile("^" + NO_BLANKS + "|" + NO_BLANKS + "$");

    private final String language;
    private final ULocale locale;
    private final Map<String, Message> messages;
    private final @Nullable Texts english;
    private final AtomicLong fallbacks;

    /** A message and where it stands; the format is no thread's own, so it is locked while it is used. */
    private record Message(String file, int line, MessageFormat format) {}

    private Texts(String language, Map<String, Message> messages, @Nullable Texts english, AtomicLong fallbacks) {
        this.language = language;
        this.locale = ULocale.forLanguageTag(language);
        this.messages = Collections.unmodifiableMap(messages);
        this.english = english;
        this.fallbacks = fallbacks;
    }

    /**
     * Reads files of one language; what a later file says replaces what an earlier one did.
     *
     * @param english what fills holes, or null for English itself
     * @param fallbacks counts filled holes
     */
    static Texts read(String language, Iterable<CatalogueSource> files, @Nullable Texts english, AtomicLong fallbacks) {
        Map<String, Message> messages = new LinkedHashMap<>();
        ULocale locale = ULocale.forLanguageTag(language);
        for (CatalogueSource file : files) {
            FlatYaml.read(file.name(), file.text()).scalars().forEach((key, scalar) -> {
                if (!key.equals("language")) {
                    messages.put(key, message(file.name(), key, scalar, locale));
                } else if (!scalar.text().equals(language)) {
                    throw new CatalogueException(new Problem(
                                    file.name(),
                                    scalar.line(),
                                    "language is " + scalar.text() + "; expected " + language)
                            .toString());
                }
            });
        }
        return new Texts(language, messages, english, fallbacks);
    }

    private static Message message(String file, String key, FlatYaml.Scalar scalar, ULocale locale) {
        try {
            return new Message(file, scalar.line(), new MessageFormat(scalar.text(), locale));
        } catch (IllegalArgumentException malformed) {
            throw new CatalogueException(
                    new Problem(file, scalar.line(), key + " is no ICU message: " + malformed.getMessage()).toString(),
                    malformed);
        }
    }

    /** BCP 47 tag. */
    public String language() {
        return language;
    }

    ULocale locale() {
        return locale;
    }

    /** A text without anything to fill in. */
    public String text(String key) {
        return text(key, Map.of());
    }

    /**
     * A text filled in.
     *
     * @param values by name; numbers as numbers, everything else as text
     * @throws IllegalArgumentException if not even English has the text
     */
    public String text(String key, Map<String, ?> values) {
        Message message = messages.get(key);
        if (message == null) {
            if (english == null) {
                throw new IllegalArgumentException("No language has the text " + key);
            }
            fallbacks.incrementAndGet();
            return english.text(key, values);
        }
        synchronized (message.format()) {
            return joined(message.format().format(values), values);
        }
    }

    /** Chinese and Japanese write no blank between words, so none stays around a word of theirs that is filled in. */
    private static String joined(String text, Map<String, ?> values) {
        String joined = text;
        for (Object value : values.values()) {
            if (value instanceof String word
                    && BEGINS_OR_ENDS_WITHOUT_BLANKS.matcher(word).find()) {
                String quoted = Pattern.quote(word);
                joined = joined.replaceAll("(?<=" + NO_BLANKS + ") (?=" + NO_BLANKS + ")(?=" + quoted + ")", "")
                        .replaceAll("(?<=" + NO_BLANKS + ")(?<=" + quoted + ") (?=" + NO_BLANKS + ")", "");
            }
        }
        return joined;
    }

    /** The text, or empty where not even English has it. */
    public Optional<String> find(String key, Map<String, ?> values) {
        return has(key) || (english != null && english.has(key)) ? Optional.of(text(key, values)) : Optional.empty();
    }

    /** The texts of a section that have nothing to fill in, by their dotted keys. */
    public SortedMap<String, String> words(String section) {
        SortedMap<String, String> words = new TreeMap<>();
        keys().stream()
                .filter(key -> key.startsWith(section + "."))
                .filter(key -> parameters(key).isEmpty())
                .forEach(key -> words.put(key, text(key)));
        return words;
    }

    boolean has(String key) {
        return messages.containsKey(key);
    }

    Set<String> keys() {
        return messages.keySet();
    }

    /** Names of what is filled in. */
    Set<String> parameters(String key) {
        Message message = messages.get(key);
        return message == null ? Set.of() : new TreeSet<>(message.format().getArgumentNames());
    }

    /** The message as it is written. */
    String pattern(String key) {
        Message message = messages.get(key);
        return message == null ? "" : message.format().toPattern();
    }

    /** Something wrong with a text, where it stands. */
    Problem problem(String key, String what) {
        Message message = messages.get(key);
        return message == null
                ? new Problem("texts in " + language, 0, key + " " + what)
                : new Problem(message.file(), message.line(), key + " " + what);
    }
}
