package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.Topics;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorHealth;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class NothingVanishesIT {

    @Test
    @DisplayName("NOTHING_VANISHES")
    void nothingVanishes() {
        Reference reference = Reference.messyDay();
        Accounting accounting = reference.accounting();
        long marks =
                reference.tape().entries().stream().filter(Tape.Entry::isMark).count();
        int letters = reference.outcome().of(Topics.DEAD_LETTERS).size();

        assertThat(accounting.counted()).isPositive();
        assertThat(accounting.duplicates()).isPositive();
        assertThat(accounting.notAttempts()).isPositive();
        assertThat(accounting.late()).isPositive();
        assertThat(accounting.future()).isPositive();
        assertThat(letters).isPositive();

        Numbers.tell("NOTHING_VANISHES: %d records are %s, %d dead letters and %d marks"
                .formatted(reference.tape().size(), accounting, letters, marks));

        // A future event is a dead letter and told of by the accounting.
        assertThat(accounting.events() - accounting.future() + letters + marks)
                .as("records of the input: %s, %d dead letters, %d marks", accounting, letters, marks)
                .isEqualTo(reference.tape().size());
        assertThat(reference.outcome().of(Topics.LATE_EVENTS)).hasSize((int) accounting.late());

        // What moves to a connector named later is taken back where it was counted before.
        assertThat(attempts(reference) + accountedExpiries(reference))
                .as("attempts of all connectors, and expiries: one of each event that counts")
                .isEqualTo(accounting.counted());
    }

    private static long attempts(Reference reference) {
        return reference.outputs().health().stream()
                .map(ConnectorHealth::attempts)
                .mapToLong(sum -> sum.delivered() + sum.failed())
                .sum();
    }

    /** Different expiries of the input, but for the late ones: the only events of the tape that count and are no attempt. */
    private static long accountedExpiries(Reference reference) {
        long all = reference.tape().entries().stream()
                .filter(Tape.Entry::isEvent)
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .filter(NothingVanishesIT::isOfTheQueue)
                .distinct()
                .count();
        long late = reference.outcome().of(Topics.LATE_EVENTS).stream()
                .filter(NothingVanishesIT::isOfTheQueue)
                .count();
        return all - late;
    }

    private static boolean isOfTheQueue(String event) {
        return event.contains("\"source\":\"QUEUE\"");
    }
}
