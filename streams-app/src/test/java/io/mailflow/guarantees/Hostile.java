package io.mailflow.guarantees;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records that no honest shipper writes. */
final class Hostile {

    /** A key that none of our events has. */
    static final byte[] KEY = "hostile".getBytes(StandardCharsets.UTF_8);

    private static final String EVENT =
            "{\"tenant\":\"%s\",\"timestamp\":\"%s\",\"event\":\"%s\",\"networkMessageId\":\"%s\",\"recipient\":\"%s\","
                    + "\"connector\":\"%s\",\"reply\":\"%s\"}";

    private Hostile() {}

    /**
     * Records that must end as dead letters, each of them.
     *
     * @param fuzzed how many of them are bytes drawn by lot or good records with some bytes changed to rubbish
     */
    static List<byte[]> unreadable(long seed, int fuzzed) {
        List<byte[]> values = new ArrayList<>();
        values.add(null);
        values.add(new byte[0]);
        for (String text : List.of(
                "null",
                "[]",
                "42",
                "\"text\"",
                "{",
                "{\"record\":\"no-such-kind\"}",
                "{\"record\":\"progress\"}",
                "{\"record\":\"progress\",\"progress\":\"not a time\"}",
                "{\"record\":\"end\"}",
                event("2026-01-05T08:00:00Z", "no-such-class", "id", "a@contoso.example", "c", "450 4.4.316"),
                event("2026-13-45T08:00:00Z", "defer", "id", "a@contoso.example", "c", "450 4.4.316"),
                event("+1000000000-12-31T23:59:59Z", "defer", "id", "a@contoso.example", "c", "450 4.4.316"),
                event("3026-01-05T08:00:00Z", "defer", "id", "a@contoso.example", "c", "450 4.4.316"),
                "{\"tenant\":\"contoso.example\"}",
                "{\"tenant\":null,\"timestamp\":null,\"event\":null}",
                "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
                "[".repeat(100_000),
                "{\"tenant\":" + "9".repeat(10_000) + "e" + "9".repeat(10_000) + "}",
                event("2026-01-05T08:00:00Z", "defer", "x".repeat(1_100_000), "a@contoso.example", "c", "450 4.4.316")
                        .substring(0, 1_000_000))) {
            values.add(text.getBytes(StandardCharsets.UTF_8));
        }
        Random random = new Random(seed);
        for (int i = 0; i < fuzzed; i++) {
            byte[] bytes = new byte[1 + random.nextInt(400)];
            random.nextBytes(bytes);
            // Whatever follows, this is no JSON.
            bytes[0] = (byte) 0xC3;
            values.add(bytes);
        }
        return values;
    }

    /** Records that are events by their form, and may end anywhere but not stop anything. */
    static List<byte[]> strange(long seed, int fuzzed) {
        List<byte[]> values = new ArrayList<>();
        List<String> texts = List.of(
                "",
                " ",
                "'; DROP TABLE alerts; --",
                "<script>alert(1)</script>",
                "${jndi:ldap://contoso.example/a}",
                "../../etc/passwd",
                "%s%n%x%p",
                "a/b%2Fc/",
                "\\u0000\\u0001\\u001b[31m",
                "\\ud800",
                "\\u202egnp.exe",
                "x".repeat(200_000),
                "450 4.4.316 ".repeat(5_000),
                "450 4.4.316 " + "-> 450 4.4.316 [Message=".repeat(2_000) + "]".repeat(2_000),
                "(((((((((((((((((((((((".repeat(200),
                "4".repeat(60_000),
                "[LastAttemptedServerName=" + "a.".repeat(20_000) + "]");
        int number = 0;
        for (String text : texts) {
            for (String kind : List.of("defer", "send", "fail", "close", "pending", "final", "other")) {
                String id = "strange-" + number++;
                String time = "2026-01-05T09:30:00Z";
                values.add(event(time, kind, id, "a@contoso.example", "c", text).getBytes(StandardCharsets.UTF_8));
                values.add(event(time, kind, id, text, "c", "450 4.4.316").getBytes(StandardCharsets.UTF_8));
                values.add(event(time, kind, id, "a@contoso.example", text, "450 4.4.316")
                        .getBytes(StandardCharsets.UTF_8));
                values.add(event(time, kind, text, "a@contoso.example", "c", "450 4.4.316")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        for (String time : List.of("0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z")) {
            values.add(event(time, "defer", "old", "a@contoso.example", "c", "450 4.4.316")
                    .getBytes(StandardCharsets.UTF_8));
        }
        byte[] good = event("2026-01-05T09:30:00Z", "defer", "good", "a@contoso.example", "c", "450 4.4.316 refused")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);
        for (int i = 0; i < fuzzed; i++) {
            byte[] bytes = good.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            values.add(bytes);
        }
        return values;
    }

    /**
     * Well-formed events that make one thing as large as they can: codes that nobody ever sent on one connector, and
     * connectors that nobody has, with names as long as names may be, for one recipient.
     *
     * @param codes how many codes
     * @param connectors how many connectors
     */
    static List<byte[]> endless(int codes, int connectors) {
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < codes; i++) {
            String code = "4%02d 4.%d.%d".formatted(i % 100, i / 1_000, i % 1_000);
            String reply = code + " Refused by host" + i + ".contoso.example " + "x".repeat(350);
            String time = "2026-01-05T09:%02d:00Z".formatted(40 + i / 10_000);
            values.add(event(time, "defer", "flood-" + i, "a@contoso.example", "Flooded", reply)
                    .getBytes(StandardCharsets.UTF_8));
        }
        Random random = new Random(codes);
        for (int i = 0; i < connectors; i++) {
            StringBuilder name = new StringBuilder("flood ").append(i).append(' ');
            random.ints(1_000, 'a', 'z').forEach(letter -> name.append((char) letter));
            String time = "2026-01-05T09:42:%02dZ".formatted(i % 60);
            String code = "450 4.%d.%d".formatted(i / 1_000, i % 1_000);
            values.add(event(time, "defer", "wide", "a@contoso.example", name.toString(), code)
                    .getBytes(StandardCharsets.UTF_8));
        }
        return values;
    }

    private static String event(
            String time, String kind, String message, String recipient, String connector, String reply) {
        return EVENT.formatted("contoso.example", time, kind, message, recipient, connector, reply);
    }
}
