package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final Changes SOME =
            new Changes(Set.of(new ConnectorId("northwind", "To head office")), List.of(), Set.of("i1"), false);

    /** Hundreds of followers get the changes of ten thousand connectors twice a second: none needs a copy of its own. */
    @Test
    void shouldNotCopyWhatNothingIsAddedTo() {
        assertThat(SOME.and(Changes.NONE)).isSameAs(SOME);
        assertThat(Changes.NONE.and(SOME)).isSameAs(SOME);
    }

    @Test
    void shouldHoldBoth() {
        Changes both = SOME.and(new Changes(
                Set.of(new ConnectorId("northwind", "Partner Fabrikam")), List.of(), Set.of("i1", "i2"), true));

        assertThat(both.connectors())
                .extracting(ConnectorId::connector)
                .containsOnly("To head office", "Partner Fabrikam");
        assertThat(both.incidents()).containsOnly("i1", "i2");
        assertThat(both.pipeline()).isTrue();
    }
}
