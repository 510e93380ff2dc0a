package io.mailflow.simulate;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** How traces spell an instant. */
final class Timestamps {

    private Timestamps() {}

    /** UTC to the millisecond, {@code 2026-01-05T08:00:00.000Z}. */
    static String millis(Instant at) {
        return append(new StringBuilder(24), at).append('Z').toString();
    }

    /** UTC with seven fraction digits, {@code 2026-01-05T08:00:00.0000000Z}, as Exchange Online's reports have it. */
    static String ticks(Instant at) {
        return append(new StringBuilder(28), at).append("0000Z").toString();
    }

    // A DateTimeFormatter would take most of the time it takes to write a million rows.
    private static StringBuilder append(StringBuilder text, Instant at) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
        text.append(utc.getYear());
        two(text.append('-'), utc.getMonthValue());
        two(text.append('-'), utc.getDayOfMonth());
        two(text.append('T'), utc.getHour());
        two(text.append(':'), utc.getMinute());
        two(text.append(':'), utc.getSecond());
        int millis = utc.getNano() / 1_000_000;
        text.append('.').append((char) ('0' + millis / 100));
        return two(text, millis % 100);
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
