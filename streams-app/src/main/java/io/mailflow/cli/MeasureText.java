package io.mailflow.cli;

import io.mailflow.catalogue.Quantities;
import io.mailflow.catalogue.Texts;
import io.mailflow.schema.Alert;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was measured against which threshold, in one language. */
final class MeasureText {

    private static final Pattern ISO_DURATION = Pattern.compile("\\bPT[0-9][0-9HMS.]*\\b");
    private static final String LAST_HELD = "minutes since it last held";

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
            "recipients that expired in the last hour", "expired-hour");

    private final Texts texts;
    private final Quantities quantities;

    MeasureText(Texts texts) {
        this.texts = texts;
        this.quantities = new Quantities(texts);
    }

    String of(Alert.Measure measure) {
        if (measure.measure().equals(LAST_HELD)) {
            return texts.text("measure.last-held", Map.of("age", brief(Duration.ofMinutes((long) measure.value()))));
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

    private String brief(Duration duration) {
        return quantities.brief(duration);
    }

    private String number(double value, boolean share) {
        return share ? quantities.percent(value) : quantities.number((long) value);
    }
}
