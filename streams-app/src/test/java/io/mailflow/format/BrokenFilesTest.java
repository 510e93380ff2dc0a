package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample, cut and damaged: no input may stop the program, and no damage may reach further than its own row. */
class BrokenFilesTest {

    @TempDir
    Path dir;

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Samples.path("canonical.ndjson").getParent())) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadTheRowsBeforeACutAnywhere(Path sample) throws IOException {
        byte[] whole = Files.readAllBytes(sample);
        Samples.Result intact = Samples.read(sample);
        Path file = dir.resolve("cut");
        for (int length = 1; length < whole.length; length += 1 + length % 97) {
            Files.write(file, Arrays.copyOf(whole, length));

            Samples.Result cut = Samples.read(file, Optional.of(intact.format()));

            long row = cutRow(sample, intact, cut, new String(whole, 0, length, StandardCharsets.ISO_8859_1));
            assertThat(cut.events())
                    .filteredOn(event -> line(event) < row)
                    .extracting(BrokenFilesTest::withoutOrigin)
                    .describedAs("the first %s bytes", length)
                    .containsExactlyElementsOf(intact.events().stream()
                            .filter(event -> line(event) < row)
                            .map(BrokenFilesTest::withoutOrigin)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldSurviveDamage(Path sample) throws IOException {
        byte[] whole = Files.readAllBytes(sample);
        InputFormat format = Samples.read(sample).format();
        byte[] damages = "\"'{}[];,:\\\n\r\t\0#<&/\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(20260105);
        Path file = dir.resolve("damaged");
        for (int round = 0; round < 60; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= round % 8; i++) {
                damaged[random.nextInt(damaged.length)] = damages[random.nextInt(damages.length)];
            }
            Files.write(file, damaged);

            Samples.Result result = Samples.read(file, Optional.of(format));

            assertThat(result.counts().rows())
                    .describedAs("round %s", round)
                    .isGreaterThanOrEqualTo(result.counts().unreadable());
            Samples.Counts recognised = counts(file);
            assertThat(recognised.rows()).isGreaterThanOrEqualTo(0);
        }
    }

    /** Damage may hide what it is; then it is refused in a sentence. */
    private static Samples.Counts counts(Path file) throws IOException {
        try {
            return Samples.read(file).counts();
        } catch (InputException e) {
            return new Samples.Counts(0, 0, 0, 0);
        }
    }

    /** The row that the cut goes through, or one before it. */
    private static long cutRow(Path sample, Samples.Result intact, Samples.Result cut, String text) {
        if (sample.toString().endsWith("json")) {
            return lastRow(cut);
        }
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        return intact.events().stream()
                .map(BrokenFilesTest::line)
                .filter(line -> line <= lines)
                .max(Long::compare)
                .orElse(0L);
    }

    private static long lastRow(Samples.Result result) {
        return Stream.concat(
                        result.events().stream().map(BrokenFilesTest::line),
                        result.unreadable().stream().map(UnreadableRow::line))
                .max(Long::compare)
                .orElse(0L);
    }

    private static long line(MessageTraceEvent event) {
        return Objects.requireNonNull(Samples.origin(event).line());
    }

    private static String withoutOrigin(MessageTraceEvent event) {
        return event.toString().replaceFirst(", origin=Origin\\[file=[^,]*,", "");
    }
}
