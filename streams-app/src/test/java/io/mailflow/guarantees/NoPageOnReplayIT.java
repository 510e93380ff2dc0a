package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Publication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class NoPageOnReplayIT {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("NO_PAGE_ON_REPLAY: history of long ago")
    void noPageOnOldHistory() {
        assertThat(Reference.messyDay().publications()).isNotEmpty().noneMatch(Alert::pageable);
    }

    @Test
    @DisplayName("NO_PAGE_ON_REPLAY: history up to now, caught up with, fed again, and read by a program without state")
    void noPageOnReplayUpToNow() {
        // Whether somebody is paged hangs on the wall clock, so this history ends at it.
        Instant now = Instant.now();
        List<Arrivals.Arrival> arrivals = Arrivals.clean(now.minus(Duration.ofHours(6)), Duration.ofHours(6));
        Tape tape;
        List<Alert> first;
        try (EmbeddedRun run = EmbeddedRun.prepare(directory.resolve("first"), Setup.embedded());
                OutcomeReader outputs = run.outputs()) {
            tape = Recorder.record(run.config(), arrivals);
            run.startProgram();
            outputs.awaitAccounted(tape.events());
            awaitCurrent(outputs, now);
            first = outputs.publications();
            assertPagesAreOfNow(first, now);

            try (Replay replay = run.replay(tape)) {
                replay.writeAll();
            }
            outputs.awaitAccounted(2 * tape.events());
            outputs.readToEnd();
            assertThat(outputs.publications())
                    .as("fed again, nothing is published")
                    .isEqualTo(first);
        }
        try (EmbeddedRun run = EmbeddedRun.prepare(directory.resolve("again"), Setup.embedded());
                Replay replay = run.replay(tape);
                OutcomeReader outputs = run.outputs()) {
            replay.writeAll();
            run.startProgram();
            outputs.awaitAccounted(tape.events());
            awaitCurrent(outputs, now);
            assertThat(paged(outputs.publications()))
                    .as("read once more from the start, nobody is paged for anything new")
                    .isSubsetOf(paged(first));
            assertPagesAreOfNow(outputs.publications(), now);
        }
    }

    /** Only what is close to the wall clock pages; what stands and nobody was paged for does so once. */
    private static void assertPagesAreOfNow(List<Alert> publications, Instant now) {
        Instant current = now.minus(AlertSettings.DEFAULT.pageableLag()).minus(Duration.ofMinutes(1));
        Map<String, Alert> latest = new LinkedHashMap<>();
        publications.forEach(alert -> latest.put(alert.id(), alert));

        assertThat(publications)
                .filteredOn(alert -> alert.changedAt().isBefore(current))
                .isNotEmpty();
        assertThat(publications)
                .filteredOn(alert -> alert.pageable() && alert.publication() != Publication.BECAME_CURRENT)
                .allSatisfy(alert -> assertThat(alert.changedAt()).isAfter(current));
        assertThat(latest.values())
                .filteredOn(alert -> alert.state() == AlertState.OPEN)
                .as("what stands now")
                .isNotEmpty()
                .allSatisfy(open -> assertThat(publications)
                        .filteredOn(alert -> alert.id().equals(open.id()) && alert.pageable())
                        .as("pages for %s", open)
                        .isNotEmpty());
        assertThat(publications)
                .filteredOn(alert -> alert.publication() == Publication.BECAME_CURRENT)
                .doesNotHaveDuplicates()
                .extracting(Alert::id)
                .doesNotHaveDuplicates();
    }

    private static Set<String> paged(List<Alert> publications) {
        return publications.stream()
                .filter(Alert::pageable)
                .map(alert -> alert.id() + " " + alert.severity())
                .collect(Collectors.toSet());
    }

    private static void awaitCurrent(OutcomeReader outputs, Instant now) {
        Awaitility.await("the program to have caught up")
                .atMost(OutcomeReader.END_WITHIN)
                .until(() -> {
                    outputs.poll();
                    return outputs.monitored().isAfter(now.minus(Duration.ofMinutes(3)));
                });
        outputs.readToEnd();
    }
}
