package io.mailflow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTrafficTest {

    private static final Instant END = Instant.parse("2026-01-05T08:00:00Z");

    @Test
    void howOftenOneAsksChangesNothing() {
        List<MessageTraceEvent> often = new ArrayList<>();
        LiveTraffic live = new LiveTraffic(END);
        for (int second = 1; second <= 3_600; second++) {
            often.addAll(live.until(END.plusSeconds(second)));
        }
        assertThat(often)
                .isEqualTo(new LiveTraffic(END).until(END.plusSeconds(3_600)))
                .hasSizeGreaterThan(500);
        assertThat(often)
                .extracting(MessageTraceEvent::timestamp)
                .isSorted()
                .allMatch(at -> !at.isBefore(END) && at.isBefore(END.plusSeconds(3_600)));
    }

    @Test
    void goesOnRetryingWhatTheHistoryLeftQueued(@TempDir Path directory) throws IOException {
        Set<String> deferred = new HashSet<>();
        for (Path file : DemoHistory.write(directory, END)) {
            if (file.toString().contains("fabrikam")) {
                for (CsvRecord row : CsvFiles.report(file, StandardCharsets.UTF_8)) {
                    if (row.getField(8).equals("DEFER")) {
                        deferred.add(row.getField(11));
                    }
                }
            }
        }
        List<MessageTraceEvent> live = new LiveTraffic(END).until(END.plus(Duration.ofHours(3)));
        assertThat(live)
                .filteredOn(event -> event.event() == EventClass.DEFER
                        && "To on-premises Chicago".equals(event.connector())
                        && deferred.contains(event.networkMessageId()))
                .hasSizeGreaterThan(50)
                .allSatisfy(event -> assertThat(event.connectorSource()).isEqualTo(ConnectorSource.CUSTOM_DATA));
        assertThat(live)
                .as("expiries of what was queued before")
                .filteredOn(event -> "QUEUE".equals(event.source()))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.event()).isEqualTo(EventClass.FAIL);
                    assertThat(event.connector()).isNull();
                });
    }

    @Test
    void anOutageGoesOnAndAnotherBegins() {
        List<MessageTraceEvent> live = new LiveTraffic(END).until(END.plus(Duration.ofMinutes(30)));
        assertThat(live)
                .filteredOn(event -> event.event() == EventClass.DEFER)
                .extracting(MessageTraceEvent::connector)
                .contains("Partner - Litware", "To on-premises Berlin");
    }

    @Test
    void whatWasSkippedIsNotGiven() {
        Instant later = END.plus(Duration.ofHours(30));
        LiveTraffic resumed = new LiveTraffic(END);
        resumed.until(END.plusSeconds(10));
        resumed.skipTo(later);
        LiveTraffic straight = new LiveTraffic(END);
        straight.until(later);
        assertThat(resumed.until(later.plusSeconds(600))).isEqualTo(straight.until(later.plusSeconds(600)));
    }

    @Test
    void neverEnds() {
        LiveTraffic live = new LiveTraffic(END);
        MessageTraceEvent last = live.next();
        for (int i = 0; i < 10_000; i++) {
            assertThat(live.hasNext()).isTrue();
            last = live.next();
        }
        assertThat(last.timestamp()).isAfter(END.plus(Duration.ofHours(1)));
    }
}
