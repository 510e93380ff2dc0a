package io.mailflow.catalogue;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.MeasureFormat.FormatWidth;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.TimeUnit;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;

/** Durations, instants and numbers as people of a language write them. Instants are UTC. */
public final class Quantities {

    private static final Pattern NUMBER_BESIDE_HAN =
            Pattern.compile("(?<=[0-9])(?=\\p{IsHan})|(?<=\\p{IsHan})(?=[0-9])");

    private final ULocale locale;

    /** For the language of some texts. */
    public Quantities(Texts texts) {
        this.locale = texts.locale();
    }

    /** In full words and its two largest units: {@code 1 hour}, {@code 1 day, 4 hours}. */
    public String words(Duration duration) {
        return format(duration, FormatWidth.WIDE);
    }

    /** Shortened, its two largest units: {@code 23 hr, 45 min}. */
    public String brief(Duration duration) {
        return format(duration, FormatWidth.SHORT);
    }

    /** As short as can be, its two largest units, for tables: {@code 1d 23h}. */
    public String narrow(Duration duration) {
        return format(duration, FormatWidth.NARROW);
    }

    /** Date and time to the minute, as in a sentence: {@code Jan 5, 2026, 09:02}. */
    public String instant(Instant instant) {
        DateFormat format = DateFormat.getInstanceForSkeleton("yMMMdHHmm", locale);
        format.setTimeZone(TimeZone.GMT_ZONE);
        return format.format(Date.from(instant));
    }

    /** The text with a blank between numbers and Chinese characters, as all our texts have it. */
    public static String spaced(String text) {
        return NUMBER_BESIDE_HAN.matcher(text).replaceAll(" ");
    }

    /** A whole number with its groups. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** Things one after another, as in a sentence. */
    public String list(List<String> things) {
        return spaced(ListFormatter.getInstance(locale, ListFormatter.Type.AND, ListFormatter.Width.NARROW)
                .format(things));
    }

    /** A share as whole percent. */
    public String percent(double share) {
        return NumberFormat.getPercentInstance(locale).format(share);
    }

    private String format(Duration duration, FormatWidth width) {
        return spaced(measured(duration, MeasureFormat.getInstance(locale, width)));
    }

    private static String measured(Duration duration, MeasureFormat format) {
        Duration positive = duration.abs();
        if (positive.toDays() > 0) {
            return two(format, positive.toDays(), TimeUnit.DAY, positive.toHoursPart(), TimeUnit.HOUR);
        }
        if (positive.toHours() > 0) {
            return two(format, positive.toHours(), TimeUnit.HOUR, positive.toMinutesPart(), TimeUnit.MINUTE);
        }
        return positive.toMinutes() > 0
                ? format.format(new Measure(positive.toMinutes(), TimeUnit.MINUTE))
                : format.format(new Measure(positive.toSeconds(), TimeUnit.SECOND));
    }

    private static String two(
            MeasureFormat format, long large, MeasureUnit largeUnit, int small, MeasureUnit smallUnit) {
        Measure first = new Measure(large, largeUnit);
        return small == 0 ? format.format(first) : format.formatMeasures(first, new Measure(small, smallUnit));
    }
}
