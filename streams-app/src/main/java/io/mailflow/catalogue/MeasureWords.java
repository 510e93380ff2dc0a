package io.mailflow.catalogue;

import io.mailflow.schema.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an alert measured against which threshold, in one language. Instants are UTC. */
public final class MeasureWords {

    private static final Pattern ISO_DURATION = Pattern.compile("\\bPT[0-9][0-9HMS.]*\\b");
    private static final String LAST_HELD = "minutes since it last held";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Alerts name what they measured in English; a measure that is new here is shown as they name it. */
    private static final Map<String, String> KEYS = Map.of(
            "failed attempts in the last three 5-minute windows, none delivered", "failed-in-three-windows",
            "failed attempts in the current and previous hour, none delivered", "failed-in-two-hours",
            "failing messages in the current or previous hour", "failing-messages",
            "failing share of attempts in the last three 5-minute windows", "failing-share-three-windows",
            "failing share of attempts in the last hour", "failing-share-hour",
            "attempts in the last hour", "attempts-hour",
            "recipients queued longer than PT", "queued-longer",
            "recipients that expire within PT", "expire-within",
            "recipients that expired in the last hour", "expired-hour",
            "fewest attempts in this hour of the week over the last 4 weeks, none now", "silent-hour");

    private final Texts texts;
    private final Quantities quantities;

    /** In the language of some texts. */
    public MeasureWords(Texts texts) {
        this.texts = texts;
        this.quantities = new Quantities(texts);
    }

    /**
     * A comparison as part of a sentence.
     *
     * @param at when it was measured: what is told as an age there is told as an instant here, for whoever reads it later
     */
    public String comparison(Alert.Measure measure, Instant at) {
        if (measure.measure().equals(LAST_HELD)) {
            return texts.text("measure.last-held", Map.of("at", lastHeld(measure, at)));
        }
        boolean share = measure.measure().contains("share");
        return texts.text(
                "alert.measure",
                Map.of(
                        "measure",
                        name(measure.measure()),
                        "value",
                        number(measure.value(), share),
                        "limit",
                        number(measure.threshold(), share)));
    }

    private String name(String measure) {
        Matcher age = ISO_DURATION.matcher(measure);
        Optional<Duration> found = age.find() ? Optional.of(Duration.parse(age.group())) : Optional.empty();
        String key = KEYS.get(age.replaceAll("PT"));
        if (key == null) {
            return ISO_DURATION.matcher(measure).replaceAll(match -> brief(Duration.parse(match.group())));
        }
        return texts.text(
                "measure." + key,
                found.map(length -> Map.of("age", brief(length))).orElse(Map.of()));
    }

    private static String lastHeld(Alert.Measure measure, Instant at) {
        return MINUTE.format(at.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes((long) measure.value())));
    }

    private String brief(Duration duration) {
        return quantities.brief(duration);
    }

    private String number(double value, boolean share) {
        return share ? quantities.percent(value) : quantities.number((long) value);
    }
}
