package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.reply.ReplyParser;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private final Coverage coverage = new Coverage(Catalogue.shipped());

    @Test
    void keepsTheTextsThatMetOnlyTheGenericEntry() {
        add("450 4.4.316 Connection refused");
        add("450 4.9.1 Nobody has\u001b[2J seen this");
        add("450 4.9.1 Nobody has\u001b[2J seen this");
        add("450 4.9.2 Connection refused");

        assertThat(coverage.failures()).isEqualTo(4);
        assertThat(coverage.generic()).isEqualTo(2);
        assertThat(coverage.genericShare()).isEqualTo(0.5);
        assertThat(coverage.genericTexts()).containsExactly(new Coverage.Seen("450 4.9.1 Nobody has[2J seen this", 2));
        assertThat(coverage.byEntry().get(0).getKey()).isEqualTo("any-other-code");
    }

    @Test
    void keepsABoundedNumberOfTexts() {
        for (int i = 0; i < Coverage.MOST_TEXTS + 10; i++) {
            add("450 4.9.1 Number " + i);
        }
        assertThat(coverage.genericTexts()).hasSize(Coverage.MOST_TEXTS);
        assertThat(coverage.generic()).isEqualTo(Coverage.MOST_TEXTS + 10);
    }

    @Test
    void nothingSeenIsNoShare() {
        assertThat(coverage.genericShare()).isZero();
    }

    private void add(String text) {
        coverage.add(Situation.of(ReplyParser.parse(text)));
    }
}
