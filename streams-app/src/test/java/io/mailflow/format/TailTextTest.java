package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailTextTest {

    /** However little came at a time, and wherever in a line, a row, a character or a quotation it stopped. */
    @ParameterizedTest
    @ValueSource(
            strings = {"tracking-2019.log", "tracking-2013.log", "tracking-2010-headerless.log", "canonical.ndjson"})
    void shouldSayTheSameOfAGrowingFileAsOfTheFinishedOne(String sample) throws IOException {
        byte[] whole = Files.readAllBytes(Samples.path(sample));
        Samples.Result finished = Samples.sample(sample);

        for (int step : new int[] {1, 7, 64, 1000, whole.length}) {
            Growing growing =
                    new Growing(finished.format(), Samples.path(sample).toString());
            for (int end = Math.min(step, whole.length); end < whole.length; end += step) {
                growing.look(Arrays.copyOf(whole, end), false);
            }
            growing.look(whole, true);

            assertThat(growing.events())
                    .describedAs("%s bytes at a time", step)
                    .containsExactlyElementsOf(finished.events());
            assertThat(growing.unreadable).containsExactlyElementsOf(finished.unreadable());
            assertThat(growing.offset).isEqualTo(whole.length);
        }
    }

    /** Somebody who looks again and again and goes on where reading stood. */
    private static final class Growing {

        private final InputFormat format;
        private final String file;
        private final List<MessageTraceEvent> events = new ArrayList<>();
        private final List<UnreadableRow> unreadable = new ArrayList<>();
        private final ReceiveConnectors receiveConnectors = new ReceiveConnectors();
        private int offset;
        private long lines;
        private @Nullable String header;

        Growing(InputFormat format, String file) {
            this.format = format;
            this.file = file;
        }

        void look(byte[] soFar, boolean ended) throws IOException {
            byte[] bytes = Arrays.copyOfRange(soFar, offset, soFar.length);
            List<TailRow> rows = TailText.rows(format, file, bytes, lines, header, ended);
            for (TailRow row : rows) {
                row.rows().forEach(one -> events.addAll(one.events()));
                unreadable.addAll(row.unreadable());
                row.receiveConnectors().forEach(receiveConnectors::add);
            }
            if (!rows.isEmpty()) {
                TailRow last = rows.get(rows.size() - 1);
                offset += last.bytes();
                lines += last.lines();
                header = last.header();
            }
        }

        List<MessageTraceEvent> events() {
            return events.stream()
                    .filter(event -> !receiveConnectors.refused(event))
                    .sorted(Comparator.comparing(MessageTraceEvent::timestamp))
                    .toList();
        }
    }
}
