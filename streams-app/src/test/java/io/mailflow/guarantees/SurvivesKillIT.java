package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SurvivesKillIT {

    @TempDir
    private Path directory;

    @Test
    @Timeout(240)
    @DisplayName("SURVIVES_KILL")
    void survivesKill() {
        survives(1, LongForm.isWanted() ? 3 : LongForm.kills());
    }

    @Test
    @Timeout(3_600)
    @EnabledIfSystemProperty(named = "mailflow.long", matches = "true")
    @DisplayName("SURVIVES_KILL, long form: three brokers, bounced one after another")
    void survivesKillOnThreeBrokers() {
        survives(3, LongForm.kills());
    }

    private void survives(int brokers, int kills) {
        Reference reference = Reference.messyDay();
        try (FaultyRun run = FaultyRun.start(directory, brokers, reference)) {
            for (int kill = 0; kill < kills; kill++) {
                run.injectNext(kills - kill);
            }
            Outcome outcome = run.finish();
            run.summarize(outcome.differencesFrom(reference.outcome()).size());

            assertThat(outcome.differencesFrom(reference.outcome())).isEmpty();
            assertThat(run.faults()).hasSize(kills).allSatisfy(fault -> {
                assertThat(fault.done()).as("work done before %s", fault).isPositive();
                assertThat(fault.remaining()).as("input remaining at %s", fault).isPositive();
            });
        }
    }
}
