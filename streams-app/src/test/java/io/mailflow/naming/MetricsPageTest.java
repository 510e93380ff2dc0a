package io.mailflow.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} says of every metric what the program says. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final String HEAD = """
            | metric | type | unit | labels | meaning |
            |--|--|--|--|--|
            """;

    /** When it fails, it prints the table to put into the page. */
    @Test
    void shouldHoldTheTableOfMetrics() throws IOException {
        String table =
                Arrays.stream(Metrics.values()).map(MetricsPageTest::row).collect(Collectors.joining("", HEAD, ""));

        assertThat(Files.readString(PAGE)).contains("\n\n" + table + "\n");
    }

    @Test
    void shouldNameAllAlike() {
        assertThat(Metrics.values())
                .extracting(Metrics::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("mailflow(_[a-z]+)+"));
        assertThat(Metrics.values())
                .allMatch(metric ->
                        (metric.type() == Metrics.Type.COUNTER) == metric.id().endsWith("_total"));
    }

    private static String row(Metrics metric) {
        return "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                        metric.id(),
                        metric.type().name().toLowerCase(Locale.ROOT),
                        metric.unit(),
                        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")),
                        metric.help())
                .replace("\r", "");
    }
}
