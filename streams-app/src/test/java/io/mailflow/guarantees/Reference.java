package io.mailflow.guarantees;

import io.mailflow.readmodel.Outputs;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An input that has everything in it, and what comes out when nothing goes wrong. Made once and shared by all tests.
 *
 * @param tape the input
 * @param end its final clock
 * @param outcome what came out
 * @param outputs the same as readers of the topics see it
 * @param accounting what became of its events
 * @param publications its alerts
 */
record Reference(
        Tape tape, Instant end, Outcome outcome, Outputs outputs, Accounting accounting, List<Alert> publications) {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final long SEED = 20_260_105L;
    private static final Duration LENGTH = Duration.ofHours(12);

    private static final class Shared {
        private static final Reference MESSY_DAY = run();
    }

    /** Twelve hours of three organisations, with outages, repeats, disorder, late events and unreadable records. */
    static Reference messyDay() {
        return Shared.MESSY_DAY;
    }

    private static Reference run() {
        List<Arrivals.Arrival> arrivals = Arrivals.messy(START, LENGTH, SEED);
        Instant end = arrivals.get(arrivals.size() - 1).at().plusSeconds(60);
        Path directory = temporary();
        try (EmbeddedRun run = EmbeddedRun.prepare(directory, Setup.embedded())) {
            Tape tape = withUnreadable(Recorder.record(run.config(), arrivals));
            try (EmbeddedRun clean = EmbeddedRun.prepare(directory.resolve("clean"), Setup.embedded());
                    Replay replay = clean.replay(tape);
                    OutcomeReader outputs = clean.outputs()) {
                clean.startProgram();
                replay.writeAll();
                replay.end(end);
                Outcome outcome = outputs.awaitEnd(end);
                return new Reference(
                        tape, end, outcome, outputs.outputs(), outputs.accounting(), outputs.publications());
            }
        } finally {
            delete(directory);
        }
    }

    private static Tape withUnreadable(Tape tape) {
        List<Tape.Entry> entries = new ArrayList<>(tape.entries());
        int place = 0;
        for (byte[] value : Hostile.unreadable(SEED, 60)) {
            place = (place + 977) % entries.size();
            entries.add(place, new Tape.Entry(place % tape.partitions(), Hostile.KEY, value));
        }
        return new Tape(entries, tape.partitions());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("mailflow-reference");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
