package io.mailflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {

    private static final AlertSettings DEFAULT = AlertSettings.DEFAULT;

    @Test
    void shouldKeepEverythingWhenNothingIsOverridden() {
        assertThat(DEFAULT.overriddenBy(Map.of())).isEqualTo(DEFAULT);
    }

    @Test
    void shouldReplaceEachThresholdByItsKeyAndNothingElse() {
        AlertSettings all = DEFAULT.overriddenBy(Map.ofEntries(
                Map.entry("connector-down.attempts", 101.0),
                Map.entry("connector-down.messages", 102.0),
                Map.entry("connector-down.hourly-attempts", 103.0),
                Map.entry("connector-down.hourly-messages", 104.0),
                Map.entry("failure-rate.share", 0.75),
                Map.entry("failure-rate.attempts", 106.0),
                Map.entry("queue-backlog.warning", 107.0),
                Map.entry("queue-backlog.high", 108.0),
                Map.entry("expiry-risk.recipients", 109.0),
                Map.entry("messages-expired.recipients", 110.0),
                Map.entry("connector-silent.attempts", 111.0)));

        assertThat(all)
                .isEqualTo(new AlertSettings(
                        101,
                        102,
                        103,
                        104,
                        0.75,
                        106,
                        DEFAULT.backlogAge(),
                        107,
                        108,
                        109,
                        DEFAULT.expiryWarning(),
                        DEFAULT.expiryHigh(),
                        DEFAULT.expiryCritical(),
                        110,
                        111,
                        DEFAULT.resolveAfter(),
                        DEFAULT.gaveUpAfter(),
                        DEFAULT.repeatAfter(),
                        DEFAULT.pageableLag()));
        assertThat(AlertSettings.OVERRIDE_KEYS).hasSize(11);
    }

    @Test
    void shouldOverrideOnlyWhatTheConfigurationFileKnows() {
        assertThat(AlertSettings.OVERRIDE_KEYS)
                .allSatisfy(key -> assertThat(ConfigLoader.keys()).contains("alerts." + key));
    }

    @Test
    void shouldMoveTheNeighbourWhenAnOverrideCrossesItsDefault() {
        AlertSettings more = DEFAULT.overriddenBy(Map.of("queue-backlog.warning", 5_000.0));
        assertThat(more.backlogWarning()).isEqualTo(5_000);
        assertThat(more.backlogHigh()).isEqualTo(5_000);

        AlertSettings fewer = DEFAULT.overriddenBy(Map.of("queue-backlog.high", 50.0));
        assertThat(fewer.backlogWarning()).isEqualTo(50);
        assertThat(fewer.backlogHigh()).isEqualTo(50);
    }

    @Test
    void shouldIgnoreButReportWhatCannotBeUsed() {
        Map<String, Double> bad = Map.of(
                "queue-backlog.warn", 300.0,
                "queue-backlog.high", 1.5,
                "failure-rate.share", 1.01,
                "expiry-risk.recipients", 0.0,
                "connector-down.attempts", Double.NaN);

        assertThat(DEFAULT.overriddenBy(bad)).isEqualTo(DEFAULT);
        assertThat(AlertSettings.problemsWith(bad))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .isEqualTo("connector-down.attempts is NaN; expected a whole number between 1 and"
                                        + " 1000000000"),
                        problem -> assertThat(problem)
                                .isEqualTo("expiry-risk.recipients is 0.0; expected a whole number between 1 and"
                                        + " 1000000000"),
                        problem -> assertThat(problem)
                                .isEqualTo("failure-rate.share is 1.01; expected a share above 0 and up to 1"),
                        problem -> assertThat(problem)
                                .isEqualTo("queue-backlog.high is 1.5; expected a whole number between 1 and"
                                        + " 1000000000"),
                        problem -> assertThat(problem)
                                .startsWith("unknown threshold queue-backlog.warn (its value is 300.0); expected one"
                                        + " of connector-down.attempts, "));
    }

    @Test
    void shouldReportNothingWhenAllCanBeUsed() {
        assertThat(AlertSettings.problemsWith(Map.of("queue-backlog.warning", 1.0, "failure-rate.share", 1.0)))
                .isEmpty();
    }
}
