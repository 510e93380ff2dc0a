package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class OneInstanceEqualsThreeIT {

    private static final Duration WORK_WITHIN = Duration.ofSeconds(90);
    private static final Duration PART = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("ONE_INSTANCE_EQUALS_THREE")
    void oneInstanceEqualsThree() {
        // One instance, within this process.
        Reference one = Reference.messyDay();

        try (BrokerCluster brokers = BrokerCluster.start(directory, 1)) {
            KafkaSettings kafka = Setup.kafka(brokers.bootstrapServers(), 1);
            Setup.provision(kafka);
            try (ProgramInstance first = ProgramInstance.start(directory, "instance-1", kafka);
                    Replay replay = new Replay(kafka, one.tape());
                    OutcomeReader outputs = new OutcomeReader(kafka)) {
                first.awaitRunning();
                work(replay, outputs);
                try (ProgramInstance second = ProgramInstance.start(directory, "instance-2", kafka);
                        ProgramInstance third = ProgramInstance.start(directory, "instance-3", kafka)) {
                    work(replay, outputs);
                    second.awaitRunning();
                    third.awaitRunning();
                    work(replay, outputs);
                    first.stop();
                    work(replay, outputs);
                    first.start();
                    second.stop();
                    work(replay, outputs);
                    assertThat(replay.remaining())
                            .as("input left for those who stay")
                            .isPositive();
                    replay.writeAll();
                    replay.end(one.end());

                    assertThat(outputs.awaitEnd(one.end()).differencesFrom(one.outcome()))
                            .isEmpty();
                }
            }
        }
    }

    /** Lets a part of the input flow and goes on in the middle of it. */
    private static void work(Replay replay, OutcomeReader outputs) {
        replay.paceTo(replay.written() + replay.remaining() / 4, PART);
        long before = outputs.accounted();
        Awaitility.await("work").atMost(WORK_WITHIN).until(() -> {
            outputs.poll();
            return outputs.accounted() > before;
        });
    }
}
