package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Under exactly-once a stream of little live traffic must not stall, lag or upset the brokers' transactions. */
@Timeout(7_200)
class LiveSoakIT {

    /** From an event's writing to its being accounted for, committed: commits are 100 ms apart. */
    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(10);

    private static final Pattern TRANSACTION_TROUBLE = Pattern.compile(
            ".*(OutOfOrderSequence|InvalidProducerEpoch|ProducerFenced|InvalidTxnState|UnknownProducerId"
                    + "|InvalidPidMapping|TaskMigrated|TaskCorrupted|TransactionAborted| ERROR ).*");

    @TempDir
    private Path directory;

    @Test
    @DisplayName("LIVE_SOAK: no stall, no growing lag, no trouble with transactions")
    void livesOnLittleTraffic() {
        try (BrokerCluster brokers = BrokerCluster.start(directory, 1)) {
            KafkaSettings kafka = Setup.kafka(brokers.bootstrapServers(), 1);
            Setup.provision(kafka);
            try (ProgramInstance first = ProgramInstance.start(directory, "instance-1", kafka);
                    ProgramInstance second = ProgramInstance.start(directory, "instance-2", kafka);
                    LiveFeed live = LiveFeed.start(MailflowConfig.DEFAULT.withKafka(kafka), LongForm.soak());
                    OutcomeReader outputs = new OutcomeReader(kafka)) {
                first.awaitRunning();
                second.awaitRunning();
                Duration worst = Duration.ZERO;
                while (!live.isOver()) {
                    worst = longer(worst, awaitCounted(live, outputs));
                    first.failIfEnded();
                    second.failIfEnded();
                }
                worst = longer(worst, awaitCounted(live, outputs));
                List<String> trouble = new ArrayList<>(trouble(brokers.output()));
                trouble.addAll(trouble(first.output() + second.output()));
                Numbers.tell("LIVE_SOAK of %s: %d events in %d bursts, each counted within %d ms; %d errors logged"
                        .formatted(LongForm.soak(), live.written(), live.bursts(), worst.toMillis(), trouble.size()));

                assertThat(live.written()).isPositive();
                assertThat(trouble).as("what broker and program log").isEmpty();
                Instant told = live.started().plus(LongForm.soak()).minus(Duration.ofMinutes(2));
                assertThat(outputs.monitored()).as("progress").isAfter(told);
            }
        }
    }

    /** How long it takes until everything written by now is accounted for. */
    private static Duration awaitCounted(LiveFeed live, OutcomeReader outputs) {
        long written = live.written();
        long begin = System.nanoTime();
        Awaitility.await(written + " live events to be counted")
                .atMost(COUNTED_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    outputs.poll();
                    return outputs.accounted() >= written;
                });
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static List<String> trouble(String log) {
        return log.lines()
                .filter(line -> TRANSACTION_TROUBLE.matcher(line).matches())
                .limit(20)
                .toList();
    }
}
