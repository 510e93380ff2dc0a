package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.MailflowConfig;
import io.mailflow.config.TimeSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class SilenceResolvesNothingIT {

    /** The least that the configuration allows, for silence to begin soon. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final int FAILING = 0;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("SILENCE_RESOLVES_NOTHING: all sources go quiet")
    void silenceResolvesNothing() {
        // Everything to one partner is refused, and of what waits a day at most, some expires within an hour from the
        // next
        // minute on: time alone makes that critical.
        Story story = new Story(Setup.SOURCES);
        for (int i = 0; i < 60; i++) {
            story.event(
                    FAILING, START.plusSeconds(60L * i), EventClass.DEFER, "queued-" + i % 30, "450 4.4.316 refused");
        }
        Instant now = START.plus(Duration.ofHours(23)).minusSeconds(30);
        story.event(FAILING, now.minusSeconds(5), EventClass.DEFER, "queued-0", "450 4.4.316 refused");
        story.mark(now.plusSeconds(25));
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, settings());
                Replay replay = run.replay(story.tape());
                OutcomeReader outputs = run.outputs()) {
            run.startProgram();
            replay.writeAll();
            outputs.awaitAccounted(story.tape().events());
            Awaitility.await("the alert").atMost(OutcomeReader.END_WITHIN).until(() -> {
                outputs.poll();
                return !open(outputs).isEmpty();
            });
            List<Alert> before = open(outputs);

            Awaitility.await("what silence alone opens or raises")
                    .atMost(Duration.ofSeconds(100))
                    .until(() -> {
                        outputs.poll();
                        return outputs.publications().stream().anyMatch(Alert::provisional);
                    });
            assertThat(before).noneMatch(alert -> alert.severity() == Severity.CRITICAL);
            assertThat(outputs.publications())
                    .as("in silence nothing resolves")
                    .noneMatch(alert -> alert.state() == AlertState.RESOLVED);
            assertThat(open(outputs))
                    .extracting(Alert::id)
                    .containsAll(before.stream().map(Alert::id).toList());

            // Delayed events: before that minute all of it had been delivered.
            Story truth = new Story(Setup.SOURCES);
            for (int i = 0; i < 30; i++) {
                truth.event(FAILING, now.plusSeconds(20), EventClass.SEND, "queued-" + i, "250 2.0.0 OK");
            }
            truth.mark(now.plus(Duration.ofMinutes(3)));
            try (Replay delayed = run.replay(truth.tape())) {
                delayed.writeAll();
            }
            Awaitility.await("what was provisional to be taken back")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        outputs.poll();
                        return latest(outputs).stream().noneMatch(Alert::provisional);
                    });
            assertThat(latest(outputs)).noneMatch(alert -> alert.severity() == Severity.CRITICAL);
        }
    }

    @Test
    @DisplayName("SILENCE_RESOLVES_NOTHING: one source goes quiet, the others go on for hours")
    void silenceOfOneSourceResolvesNothing() {
        // One partition tells of refusals only; the others of mail that goes out elsewhere.
        Story story = new Story(Setup.SOURCES);
        for (int i = 0; i < 60; i++) {
            story.event(FAILING, START.plusSeconds(60L * i), EventClass.FAIL, "refused-" + i, "550 5.7.64 denied");
        }
        story.mark(START.plus(Duration.ofHours(1)));
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, settings());
                Replay replay = run.replay(story.tape());
                OutcomeReader outputs = run.outputs()) {
            run.startProgram();
            replay.writeAll();
            outputs.awaitAccounted(story.tape().events());
            Awaitility.await("the alert").atMost(OutcomeReader.END_WITHIN).until(() -> {
                outputs.poll();
                return !open(outputs).isEmpty();
            });
            List<String> before = open(outputs).stream().map(Alert::id).toList();

            AtomicInteger seconds = new AtomicInteger();
            Awaitility.await("the quiet source to be left out")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        Story others = new Story(Setup.SOURCES);
                        for (int source = 1; source < Setup.SOURCES; source++) {
                            others.mark(source, START.plus(Duration.ofHours(6)).plusSeconds(seconds.get()));
                        }
                        seconds.incrementAndGet();
                        replay.write(others.tape());
                        outputs.poll();
                        return outputs.monitored().isAfter(START.plus(Duration.ofHours(5)));
                    });
            outputs.readToEnd();
            assertThat(open(outputs))
                    .as("nobody knows how it goes on")
                    .extracting(Alert::id)
                    .containsAll(before);
        }
    }

    private static List<Alert> open(OutcomeReader outputs) {
        return latest(outputs).stream()
                .filter(alert -> alert.state() == AlertState.OPEN)
                .toList();
    }

    private static List<Alert> latest(OutcomeReader outputs) {
        List<Alert> publications = outputs.publications();
        return publications.stream()
                .filter(alert -> publications.lastIndexOf(alert) == lastOf(publications, alert.id()))
                .toList();
    }

    private static int lastOf(List<Alert> publications, String id) {
        int last = -1;
        for (int i = 0; i < publications.size(); i++) {
            last = publications.get(i).id().equals(id) ? i : last;
        }
        return last;
    }

    private static MailflowConfig settings() {
        TimeSettings time = TimeSettings.DEFAULT;
        return Setup.embedded()
                .withTime(new TimeSettings(
                        time.reorderBound(),
                        time.lateness(),
                        time.futureTolerance(),
                        IDLE,
                        time.margin(),
                        time.horizon(),
                        time.successHorizon(),
                        time.lifetimeOnline(),
                        time.lifetimeServer()));
    }
}
