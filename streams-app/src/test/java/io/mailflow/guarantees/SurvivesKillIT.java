package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SurvivesKillIT {

    @TempDir
    private Path directory;

    @Test
    @Timeout(3_600)
    @DisplayName("SURVIVES_KILL")
    void survivesKill() {
        // In the long form the other half hits three brokers.
        survives(1, LongForm.isWanted() ? (LongForm.kills() + 1) / 2 : LongForm.kills());
    }

    @Test
    @Timeout(3_600)
    @EnabledIfSystemProperty(named = "mailflow.long", matches = "true")
    @DisplayName("SURVIVES_KILL, three brokers, killed and bounced one after another")
    void survivesKillOnThreeBrokers() {
        survives(3, Math.max(1, LongForm.kills() / 2));
    }

    private void survives(int brokers, int kills) {
        Reference reference = Reference.messyDay();
        try (FaultyRun run = FaultyRun.start(directory, brokers, reference)) {
            for (int kill = 0; kill < kills; kill++) {
                run.injectNext(kills - kill);
            }
            Outcome outcome = run.finish();
            List<String> differences = outcome.differencesFrom(reference.outcome());
            run.tell(differences);

            assertThat(differences).isEmpty();
            assertThat(run.faults()).hasSize(kills).allSatisfy(fault -> {
                assertThat(fault.done()).as("work done before %s", fault).isPositive();
                assertThat(fault.remaining()).as("input remaining at %s", fault).isPositive();
            });
        }
    }
}
