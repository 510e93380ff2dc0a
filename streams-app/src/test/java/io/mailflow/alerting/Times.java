package io.mailflow.alerting;

import java.time.Duration;
import java.time.Instant;

/** Instants of January 2026 as tests write them: {@code 08:15}, {@code 08:15:30.001}, on the 6th {@code 6 08:15}. */
final class Times {

    private Times() {}

    /** The instant; without a day on the 5th. */
    static Instant at(String text) {
        String[] parts = text.contains(" ") ? text.split(" ") : new String[] {"5", text};
        String seconds = parts[1].length() == 5 ? ":00" : "";
        return Instant.parse("2026-01-%02dT%s%sZ".formatted(Integer.parseInt(parts[0]), parts[1], seconds));
    }

    /** {@code 5 08:15}, with seconds only where there are some. */
    static String text(Instant at) {
        String iso = at.toString();
        String time = iso.substring(11, iso.length() - 1);
        return Integer.parseInt(iso.substring(8, 10)) + " " + (time.endsWith(":00") ? time.substring(0, 5) : time);
    }

    static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }
}
