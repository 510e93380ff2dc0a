package io.mailflow.catalogue;

import com.ibm.icu.util.LocaleMatcher;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages of the catalogue, by BCP 47 tag. */
public final class Languages {

    /** The language of the first text, and of every text that another language lacks. */
    public static final String ENGLISH = "en";

    /** Those whose files come with the program, English first. */
    public static final List<String> SHIPPED = List.of(ENGLISH, "zh-TW", "zh-CN", "pl", "da", "ja").stream()
            .filter(tag -> CatalogueSource.shippedTexts(tag).isPresent())
            .toList();

    private static final LocaleMatcher MATCHER = LocaleMatcher.builder()
            .setSupportedULocales(SHIPPED.stream().map(ULocale::forLanguageTag).toList())
            .setNoDefaultLocale()
            .build();

    private Languages() {}

    /** The language a person means who writes {@code ja}, {@code zh-Hant-HK} or {@code DA-dk}; empty if we have none. */
    public static Optional<String> find(String tag) {
        Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
        return match(locale.toLanguageTag())
                .filter(found -> Locale.forLanguageTag(found).getLanguage().equals(locale.getLanguage()));
    }

    /** The language that an {@code Accept-Language} header prefers, else English. */
    public static String accepted(String header) {
        try {
            return match(header).orElse(ENGLISH);
        } catch (IllegalArgumentException malformed) {
            return ENGLISH;
        }
    }

    private static Optional<String> match(String tags) {
        return Optional.ofNullable(MATCHER.getBestMatch(tags)).map(ULocale::toLanguageTag);
    }
}
