package io.mailflow.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps as traces write them: ISO 8601 with {@code Z}, an offset or no zone (UTC), with {@code T} or a blank, with
 * up to 9 fraction digits; {@code /Date(ms)/}. Truncated to milliseconds.
 */
final class Timestamps {

    /** No mail of Exchange is older, and a clock that says later is wrong: .NET writes year 1 for "none". */
    private static final Instant EARLIEST = Instant.parse("1995-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[ ]")
            .parseLenient() // Offsets with and without minutes, and a colon before them.
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern DOT_NET = Pattern.compile("\\\\?/Date\\((-?\\d{1,15})(?:[+-]\\d{4})?\\)\\\\?/");

    private Timestamps() {}

    /** Reads one. */
    static Instant parse(@Nullable String text) throws RowException {
        if (text == null || text.isBlank()) {
            throw new RowException("the timestamp is missing");
        }
        Instant instant = fast(text);
        if (instant == null) {
            instant = slow(text.strip());
        }
        if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
            throw new RowException("the timestamp " + brief(text) + " is not plausible");
        }
        return instant;
    }

    /** {@code 2026-01-05T08:00:00.000Z}, the form of a million rows; null for any other. */
    private static @Nullable Instant fast(String text) {
        int length = text.length();
        if (length < 20
                || text.charAt(length - 1) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int milli = 0;
        if (length > 20) {
            if (text.charAt(19) != '.' || length > 30 || length == 21) {
                return null;
            }
            int scale = 100;
            for (int i = 20; i < length - 1; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return null;
                }
                milli += digit * scale;
                scale /= 10;
            }
        }
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || day > 28
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59) {
            return null; // The library knows months and leap years.
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochMilli(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000L + milli);
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static Instant slow(String text) throws RowException {
        Matcher dotNet = DOT_NET.matcher(text);
        try {
            if (dotNet.matches()) {
                return Instant.ofEpochMilli(Long.parseLong(dotNet.group(1)));
            }
            String iso = text.length() > 10 && text.charAt(10) == ' '
                    ? text.substring(0, 10) + 'T' + text.substring(11)
                    : text;
            TemporalAccessor parsed = ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            Instant instant = parsed instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
            return instant.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new RowException(
                    "the timestamp " + brief(text) + " is not ISO 8601, such as 2026-01-05T08:00:00.000Z");
        }
    }

    private static String brief(String text) {
        return '"' + (text.length() > 40 ? text.substring(0, 40) + '…' : text) + '"';
    }
}
