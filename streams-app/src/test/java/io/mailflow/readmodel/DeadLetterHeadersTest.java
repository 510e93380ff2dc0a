package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

    @Test
    void shouldTellNoAddressAndNoLongText() {
        String reason = of("the row of p.keller@contoso.example has no date").reason();
        String cut = of("x ".repeat(1_000)).reason();

        assertThat(reason).isEqualTo("the row of … has no date");
        assertThat(cut).hasSize(301).endsWith("…");
    }

    @Test
    void shouldTellNothingOfAnAddressThatGoesOnBehindTheEnd() {
        String reason = of("x".repeat(280) + " someone.with.a.long.name@contoso.example")
                .reason();

        assertThat(reason).doesNotContain("someone", "contoso");
    }

    /** Whoever may write to the topic must not be able to hold up everybody's page. */
    @Test
    void shouldLookAtALongTextInLinearTime() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(of("x".repeat(1 << 20)).reason()).hasSize(301));
    }

    private static DeadLetterHeaders of(String reason) {
        Records records = new Records();
        records.deadLetter("mailflow.error.reason", reason);
        return DeadLetterHeaders.of(records.all().get(0));
    }
}
