package io.mailflow.cli;

import io.mailflow.catalogue.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Stacked bars over time as an SVG: a picture that prints, needs no script and says what it shows. */
final class BarChart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 170;
    private static final int TOP = 2;
    private static final int BOTTOM = 28;
    private static final int MOST_BARS = 100;

    /** Lengths of a bar that people count in. */
    private static final List<Duration> ROUND = Stream.of(5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080)
            .map(Duration::ofMinutes)
            .toList();

    private static final int COLOURS = 6;
    private static final double WIDEST_BAR = 26;
    private static final int MARKS = 4;

    /** Class of what is neither good nor bad; the others count up from 0. */
    private static final int GREY = 7;

    private final String title;
    private final Instant from;
    private final AlertText text;
    private final Quantities quantities;
    private final Duration step;
    private final int bars;
    private final Map<String, long[]> series = new LinkedHashMap<>();
    private int firstColour;

    /** @param step length of what one count covers; bars cover as many of them as keep the picture readable */
    BarChart(String title, Instant from, Instant to, Duration step, AlertText text) {
        this.text = text;
        this.quantities = new Quantities(text.texts());
        this.title = title;
        this.from = from;
        Duration span = Duration.between(from, to);
        this.step = ROUND.stream()
                .filter(round -> round.compareTo(step) >= 0 && count(span, round) <= MOST_BARS)
                .findFirst()
                .orElseGet(() -> step.multipliedBy(Math.max(1, count(span, step) / MOST_BARS + 1)));
        this.bars = (int) Math.max(1, count(span, this.step));
    }

    /** How many of a length cover a span. */
    private static long count(Duration span, Duration length) {
        return -Math.floorDiv(-span.toMillis(), length.toMillis());
    }

    /** Draws its one series in grey. */
    BarChart inGrey() {
        firstColour = GREY;
        return this;
    }

    void add(String name, Instant at, long count) {
        long bar = Duration.between(from, at).dividedBy(step);
        long[] counts = series.computeIfAbsent(name, first -> new long[bars]);
        counts[(int) Math.min(bars - 1L, Math.max(0, bar))] += count;
    }

    String html() {
        Map<String, long[]> shown = shown();
        long highest = 1;
        for (int bar = 0; bar < bars; bar++) {
            highest = Math.max(highest, height(shown, bar));
        }
        StringBuilder out = new StringBuilder("<figure><figcaption>")
                .append(Html.text(title))
                .append(" <small>")
                .append(Html.text(say("bars", Map.of("highest", highest, "duration", text.duration(step)))))
                .append("</small></figcaption>\n")
                .append(String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                        WIDTH,
                        HEIGHT,
                        Html.text(say("chart", Map.of("title", title, "highest", highest)))));
        bars(out, shown, highest);
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"axis\" x1=\"0\" y1=\"%1$d\" x2=\"%2$d\" y2=\"%1$d\"/>%n",
                HEIGHT - BOTTOM,
                WIDTH));
        times(out);
        out.append("</svg>\n");
        if (firstColour == 0) {
            int colour = 0;
            for (String name : shown.keySet()) {
                out.append("<span class=\"key\"><i class=\"c").append(colour++).append("\"></i>");
                out.append(Html.text(name)).append("</span>\n");
            }
        }
        return out.append("</figure>\n").toString();
    }

    /** The largest series have colours of their own, the others one together. */
    private Map<String, long[]> shown() {
        Map<String, Long> totals = new HashMap<>();
        series.forEach((name, counts) -> totals.put(name, total(counts)));
        List<String> names = new ArrayList<>(series.keySet());
        names.sort((a, b) -> Long.compare(totals.getOrDefault(b, 0L), totals.getOrDefault(a, 0L)));
        Map<String, long[]> shown = new LinkedHashMap<>();
        for (String name : names) {
            long[] counts = series.getOrDefault(name, new long[bars]);
            long[] into = shown.computeIfAbsent(
                    shown.size() < COLOURS ? name : say("others", Map.of()), first -> new long[bars]);
            for (int bar = 0; bar < bars; bar++) {
                into[bar] += counts[bar];
            }
        }
        return shown;
    }

    private String say(String key, Map<String, ?> values) {
        return text.texts().text("report." + key, values);
    }

    private static long total(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    private static long height(Map<String, long[]> shown, int bar) {
        return shown.values().stream().mapToLong(counts -> counts[bar]).sum();
    }

    /** A mark at each quarter: the day where it is another one, and the clock. */
    private void times(StringBuilder out) {
        String day = "";
        for (int mark = 0; mark <= MARKS; mark++) {
            int bar = bars * mark / MARKS;
            String time = AlertText.minute(from.plus(step.multipliedBy(bar)));
            int x = (int) ((double) WIDTH * bar / bars);
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"axis\" x1=\"%1$d\" y1=\"%2$d\" x2=\"%1$d\" y2=\"%3$d\"/>%n",
                    x,
                    HEIGHT - BOTTOM,
                    HEIGHT - BOTTOM + 4));
            out.append(label(
                    x,
                    mark == 0 ? "start" : mark == MARKS ? "end" : "middle",
                    mark % 2 == 1,
                    time.startsWith(day) && mark > 0
                            ? time.substring(day.length()).strip()
                            : time));
            day = time.substring(0, time.indexOf(' '));
        }
    }

    private void bars(StringBuilder out, Map<String, long[]> shown, long highest) {
        double width = (double) WIDTH / bars;
        double drawn = Math.min(WIDEST_BAR, Math.max(1, width * 0.86));
        double scale = (double) (HEIGHT - TOP - BOTTOM) / highest;
        for (int bar = 0; bar < bars; bar++) {
            double y = HEIGHT - BOTTOM;
            int colour = firstColour;
            for (Map.Entry<String, long[]> part : shown.entrySet()) {
                long count = part.getValue()[bar];
                if (count > 0) {
                    y -= count * scale;
                    out.append(String.format(
                            Locale.ROOT,
                            "<rect class=\"c%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
                            colour,
                            bar * width + (width - drawn) / 2,
                            y,
                            drawn,
                            count * scale,
                            Html.text(AlertText.minute(from.plus(step.multipliedBy(bar))) + "  " + part.getKey() + "  "
                                    + quantities.number(count))));
                }
                colour++;
            }
        }
    }

    /** @param dispensable where there is little room */
    private static String label(int x, String anchor, boolean dispensable, String text) {
        return String.format(
                Locale.ROOT,
                "<text%s x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                dispensable ? " class=\"more\"" : "",
                x,
                HEIGHT - 6,
                anchor,
                Html.text(text));
    }
}
