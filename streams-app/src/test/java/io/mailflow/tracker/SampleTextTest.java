package io.mailflow.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTextTest {

    private static final String ADDRESS = "adele.vance@contoso.example";

    @Test
    void masksAddresses() {
        assertThat(SampleText.of("550 5.1.1 <adele.vance@contoso.example>: no such user"))
                .isEqualTo("550 5.1.1 <<address>>: no such user");
        assertThat(SampleText.of(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 372, 389, 399, 400})
    void anAddressAtTheCutIsMaskedWhole(int before) {
        String shown = SampleText.of("x".repeat(before - 1) + " " + ADDRESS + " rejected");
        assertThat(shown).doesNotContain("adele").hasSizeLessThanOrEqualTo(SampleText.LONGEST + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 400})
    void aTextThatFitsIsNotCut(int length) {
        assertThat(SampleText.of("x".repeat(length))).hasSize(length).doesNotEndWith("…");
    }

    @Test
    void aLongerTextIsCut() {
        assertThat(SampleText.of("x".repeat(401))).isEqualTo("x".repeat(400) + "…");
    }

    @Test
    void nothingOfAnAddressIsShownHoweverManyThereAre() {
        for (int extra = 0; extra < ADDRESS.length(); extra++) {
            String shown = SampleText.of("y".repeat(extra) + " " + (ADDRESS + " ").repeat(1_000));
            assertThat(shown).doesNotContain("adele").doesNotContain("contoso");
        }
        assertThat(SampleText.of("a".repeat(2_000_000) + ADDRESS)).isEqualTo("…");
    }
}
