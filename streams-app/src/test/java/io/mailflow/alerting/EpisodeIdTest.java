package io.mailflow.alerting;

import static io.mailflow.alerting.Times.at;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpisodeIdTest {

    private static final String ID = EpisodeId.of("contoso", "Outbound to Datacentre", "450 4.4.316", at("08:15"));

    @Test
    void isTheSameOnEveryRunAndMachine() {
        // Computed apart from this program, so that a change of the recipe does not go unseen.
        assertThat(ID).isEqualTo("bef4bbba1fb9de870a203b08ca4d0a70");
    }

    @Test
    void belongsToTheMinute() {
        assertThat(EpisodeId.of("contoso", "Outbound to Datacentre", "450 4.4.316", at("08:15:59.999")))
                .isEqualTo(ID);
        assertThat(EpisodeId.of("contoso", "Outbound to Datacentre", "450 4.4.316", at("08:16")))
                .isNotEqualTo(ID);
        assertThat(EpisodeId.of("contoso", "Outbound to Datacentre", "450 4.4.316", at("08:14:59.999")))
                .isNotEqualTo(ID);
    }

    @Test
    void keepsItsFieldsApart() {
        assertThat(EpisodeId.of("contoso", "ab", "c", at("08:15")))
                .isNotEqualTo(EpisodeId.of("contoso", "a", "bc", at("08:15")))
                .isNotEqualTo(EpisodeId.of("contosoa", "b", "c", at("08:15")));
    }
}
