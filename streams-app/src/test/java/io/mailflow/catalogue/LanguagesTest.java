package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.ULocale;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Over every language whose file is there; a new file takes part by itself. */
class LanguagesTest {

    static final List<String> ALL = Languages.SHIPPED;
    static final List<String> TRANSLATED =
            ALL.stream().filter(language -> !language.equals(Languages.ENGLISH)).toList();

    private static final Catalogue CATALOGUE = Catalogue.shipped();
    private static final Texts ENGLISH = CATALOGUE.texts(Languages.ENGLISH);

    private static final Pattern NO_WORDS = Pattern.compile(
            "\\{[^{}]*}|\\[[^]]*]|\"[^\"]*\"|[「『“„»][^」』”«]*[」』”«]"
                    + "|\\([^)]*\\)|（[^）]*）|https?://\\S+|Exchange Server|Exchange Online|Exchange Administration|Microsoft 365"
                    + "|Office 365|Sender ID|Sender(?=[- ]?header|標頭|标头| 標頭| 标头| ヘッダー)|nagłówkiem Sender|Mail ?flow > Connectors|Fix now|\\b[A-Z][a-z]+[A-Z]\\w*\\b|\\b\\w+[._]\\w[\\w.]*\\b|\\b[A-Z]{2,}\\b");

    @ParameterizedTest
    @FieldSource("ALL")
    void everyLanguageHasAllKeysAndParameters(String language) {
        assertThat(TextsCheck.incomplete(CATALOGUE.texts(language), ENGLISH)).isEmpty();
        assertThat(CATALOGUE.texts(language).keys()).containsExactlyInAnyOrderElementsOf(ENGLISH.keys());
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void nothingFallsBackAndNothingIsLeftUnfilled(String language) {
        long before = CATALOGUE.fallbacks();
        for (Relation relation : new Relation[] {null, Relation.ON_PREMISES, Relation.PARTNER}) {
            for (String id : CATALOGUE.entries()) {
                Situation situation = Situation.of(
                                ReplyParser.parse(CATALOGUE.example(id).orElseThrow()))
                        .on("To Berlin", relation, null, "contoso.com");
                Remediation remedy = CATALOGUE.remedy(situation, language);
                assertThat(remedy.language()).isEqualTo(language);
                CatalogueTest.assertComplete(remedy);
            }
        }
        assertThat(CATALOGUE.fallbacks()).isEqualTo(before);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void anAlertCanBeReadInEveryOtherLanguage(String language) {
        for (String id : CATALOGUE.entries()) {
            Situation situation = Situation.of(
                            ReplyParser.parse(CATALOGUE.example(id).orElseThrow()))
                    .on("To Berlin", Relation.PARTNER, null, "contoso.com");
            Remediation published = CATALOGUE.remedy(situation, language);
            for (String other : ALL) {
                assertThat(CATALOGUE.in(other, published)).isEqualTo(CATALOGUE.remedy(situation, other));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void pluralsHaveTheBranchesOfTheLanguage(String language) {
        Texts texts = CATALOGUE.texts(language);
        Set<String> needed = new HashSet<>(
                PluralRules.forLocale(ULocale.forLanguageTag(language)).getKeywords());
        for (String key : texts.keys()) {
            String pattern = texts.pattern(key);
            if (pattern.contains(", plural,")) {
                Matcher branch = Pattern.compile("(\\w+) ?\\{").matcher(pattern.substring(pattern.indexOf("plural,")));
                Set<String> found = new HashSet<>();
                while (branch.find()) {
                    found.add(branch.group(1));
                }
                assertThat(found).as(key).containsAll(needed);
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @FieldSource("TRANSLATED")
    void noTextUsesAnEnglishWordThatTheGlossaryTranslates(String language) throws IOException {
        Pattern english = Pattern.compile(
                "(?<![\\w-])(?:" + String.join("|", glossary().get(language)) + ")(?![\\w-])",
                Pattern.CASE_INSENSITIVE);
        List<String> found = new ArrayList<>();
        Texts texts = CATALOGUE.texts(language);
        for (String key : texts.keys()) {
            String words =
                    NO_WORDS.matcher(withoutArguments(texts.pattern(key))).replaceAll(" ");
            Matcher match = english.matcher(words);
            if (match.find()) {
                found.add(texts.problem(key, "has the English word " + match.group())
                        .toString());
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @FieldSource("TRANSLATED")
    void hardlyAnyTextIsTheEnglishOne(String language) {
        Texts texts = CATALOGUE.texts(language);
        assertThat(texts.keys().stream()
                        .filter(key -> texts.pattern(key).contains(" "))
                        // A port is a port in Polish and Danish.
                        .filter(key -> !key.equals("explain.port"))
                        .filter(key -> texts.pattern(key).equals(ENGLISH.pattern(key)))
                        .filter(key -> !texts.pattern(key).matches("(?:[^\\p{L}]|\\{\\w+})*")))
                .isEmpty();
    }

    @Test
    void theGlossaryIsForEveryLanguage() throws IOException {
        assertThat(glossary()).containsOnlyKeys("zh-TW", "zh-CN", "ja", "pl", "da");
        assertThat(glossary().keySet()).containsAll(TRANSLATED);
    }

    @ParameterizedTest
    @CsvSource({"en, en", "en-GB, en", "EN_us, en"})
    void aLanguageIsFoundByItsTag(String tag, String language) {
        assertThat(Languages.find(tag)).contains(language);
    }

    @Test
    void aLanguageThatNobodyWroteIsNotFound() {
        assertThat(Languages.find("tlh")).isEmpty();
        assertThat(Languages.find("")).isEmpty();
        assertThat(Languages.find("not a tag")).isEmpty();
        assertThat(Languages.accepted("tlh, *;q=0.1")).isEqualTo("en");
        assertThat(Languages.accepted(";;;")).isEqualTo("en");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @FieldSource("TRANSLATED")
    void aLanguageIsAcceptedAndFound(String language) {
        assertThat(Languages.find(language)).contains(language);
        assertThat(Languages.accepted("tlh, " + language + ";q=0.8, en;q=0.1")).isEqualTo(language);
    }

    private static Map<String, List<String>> glossary() throws IOException {
        try (InputStream yaml = Objects.requireNonNull(LanguagesTest.class.getResourceAsStream("glossary.yaml"))) {
            Map<String, List<String>> byLanguages = new YAMLMapper().readValue(yaml, new TypeReference<>() {});
            Map<String, List<String>> byLanguage = new HashMap<>();
            byLanguages.forEach((languages, words) ->
                    List.of(languages.split(", ")).forEach(language -> byLanguage.put(language, words)));
            return byLanguage;
        }
    }

    /** Of {@code {n, plural, one {# x} other {# y}}} only the words. */
    private static String withoutArguments(String pattern) {
        return pattern.replaceAll("\\{\\w+, plural,", " ").replaceAll("\\b(?:zero|one|two|few|many|other) ?\\{", " ");
    }
}
