package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Languages;
import io.mailflow.catalogue.MeasureWords;
import io.mailflow.catalogue.Quantities;
import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Numbers and durations in sentences. ICU gives durations in the nominative, so no sentence may ask for another case
 * that differs from it; and no word may agree with a number unless it has a branch for it.
 */
class InflectionTest {

    static final List<String> ALL = Languages.SHIPPED;

    private static final List<Integer> NUMBERS = List.of(1, 2, 5, 21, 22);
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Catalogue CATALOGUE = Catalogue.shipped();

    /** In Polish "in the course of", "since", "up to" and "after" govern the genitive: 1 dnia, not 1 dzień. */
    @Test
    void polishAsksForNoGenitiveOfADuration() {
        Texts polish = CATALOGUE.texts("pl");
        MeasureWords measures = new MeasureWords(polish);
        for (int days : NUMBERS) {
            String duration = days == 1 ? "1 dzień" : days + " dni";
            assertThat(Stream.of(
                            texts("alert.queue-within", Map.of("recipients", 7, "within", duration)),
                            texts("alert.queue-first", Map.of("left", duration, "deadline", "…")),
                            texts("alert.queue-overdue", Map.of("left", duration, "deadline", "…")),
                            texts("alert.takes-effect", Map.of("duration", duration)),
                            texts("alert.takes-effect-between", Map.of("from", duration, "to", duration)),
                            measures.comparison(measure("recipients queued longer than PT" + days * 24 + "H", 3), NOW),
                            measures.comparison(measure("recipients that expire within PT" + days * 24 + "H", 3), NOW)))
                    .allSatisfy(text -> assertThat(text)
                            .contains(duration)
                            .doesNotContainPattern("(?i)\\b(w ciągu|od|do|po|przed|w) " + duration));
        }
    }

    private static String texts(String key, Map<String, ?> values) {
        return CATALOGUE.texts("pl").text(key, values);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 nieudana próba, 1 adresat w kolejce, 1 otwarty alert",
        "2, 2 nieudane próby, 2 adresatów w kolejce, 2 otwarte alerty",
        "5, 5 nieudanych prób, 5 adresatów w kolejce, 5 otwartych alertów",
        "21, 21 nieudanych prób, 21 adresatów w kolejce, 21 otwartych alertów",
        "22, 22 nieudane próby, 22 adresatów w kolejce, 22 otwarte alerty"
    })
    void polishNounsFollowTheirNumbers(int number, String attempts, String recipients, String alerts) {
        assertThat(texts("alert.server", Map.of("server", "mx", "attempts", number)))
                .contains(attempts);
        assertThat(texts("incident.queued", Map.of("recipients", number))).isEqualTo(recipients);
        assertThat(texts("report.open", Map.of("alerts", number))).isEqualTo(alerts);
    }

    @ParameterizedTest
    @CsvSource({
        "en, 1, '1 row read, 1 unreadable', '1 event, one per recipient: 1 counted, 1 duplicate, 1 not outbound'",
        "en, 2, '2 rows read, 2 unreadable', '2 events, one per recipient: 2 counted, 2 duplicates, 2 not outbound'",
        "en, 21, '21 rows read, 21 unreadable', '21 events, one per recipient: 21 counted, 21 duplicates, 21 not'",
        "da, 1, '1 række læst, 1 ulæselig', '1 talt, 1 dublet, 1 ikke udgående forsøg, 1 forsinket, 1 efter'",
        "da, 2, '2 rækker læst, 2 ulæselige', '2 talt, 2 dubletter, 2 ikke udgående forsøg, 2 forsinkede, 2 efter'",
        "da, 22, '22 rækker læst, 22 ulæselige', '22 talt, 22 dubletter, 22 ikke udgående forsøg, 22 forsinkede'",
        "pl, 1, 'odczytano 1 wiersz, nieczytelnych: 1', '1 zdarzenie, po jednym na adresata; policzone: 1'",
        "pl, 22, 'odczytano 22 wiersze, nieczytelnych: 22', '22 zdarzenia, po jednym na adresata; policzone: 22'"
    })
    void countsOfTheInputAgreeWithTheirNumbers(String language, int n, String rows, String events) {
        Texts texts = CATALOGUE.texts(language);
        assertThat(texts.text("analysis.rows", Map.of("rows", n, "unreadable", n)))
                .isEqualTo(rows);
        assertThat(texts.text(
                        "analysis.events",
                        Map.of(
                                "events", n,
                                "counted", n,
                                "duplicates", n,
                                "notAttempts", n,
                                "late", n,
                                "afterAsOf", n)))
                .contains(events);
    }

    /** One failed and one delivered attempt are no "1 delivered attempts". */
    @ParameterizedTest
    @FieldSource("ALL")
    void attemptsOfAnIncidentNeedNoPlural(String language) {
        Texts texts = CATALOGUE.texts(language);
        String one = texts.text("incident.counts", Map.of("reasons", "x", "failed", 1, "delivered", 1, "since", "y"));
        assertThat(texts.text("incident.counts", Map.of("reasons", "x", "failed", 5, "delivered", 5, "since", "y")))
                .isEqualTo(one.replace("1", "5"));
        assertThat(one).doesNotContain("1 failed and", "vellykkede leveringsforsøg");
    }

    /** Short units have one form in every language but for days, of which ICU knows the plural. */
    @ParameterizedTest
    @FieldSource("ALL")
    void durationsAreInTheLanguage(String language) {
        Quantities quantities = new Quantities(CATALOGUE.texts(language));
        for (int number : NUMBERS) {
            assertThat(quantities.brief(java.time.Duration.ofDays(number)))
                    .startsWith(String.valueOf(number))
                    .isEqualTo(
                            switch (language) {
                                case "en" -> number + (number == 1 ? " day" : " days");
                                case "pl" -> number + (number == 1 ? " dzień" : " dni");
                                case "da" -> number + (number == 1 ? " dag" : " dage");
                                case "ja" -> number + " 日";
                                default -> number + " 天";
                            });
        }
    }

    private static Alert.Measure measure(String what, double value) {
        return new Alert.Measure(Reason.EXPIRY_RISK, what, value, 1);
    }
}
