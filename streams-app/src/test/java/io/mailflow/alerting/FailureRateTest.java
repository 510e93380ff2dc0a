package io.mailflow.alerting;

import static io.mailflow.alerting.ViewBuilder.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.mailflow.config.AlertSettings;
import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureRateTest {

    @ParameterizedTest
    @CsvSource({
        // lastThree delivered, failed, lastHour delivered, failed
        "3,1,75,25,1",
        "75,25,75,25,1",
        "76,24,75,25,0", // a little less in the last minutes
        "75,25,76,24,0", // a little less in the hour
        "3,1,37,13,1", // exactly 50 attempts
        "3,1,36,13,0", // one attempt less
        "0,0,0,50,0", // nobody tried lately
        "0,1,0,50,1"
    })
    void holdsFromAQuarterOnInBothWindowsOfFiftyAttempts(
            long deliveredNow, long failedNow, long deliveredInHour, long failedInHour, int findings) {
        assertThat(judge(ViewBuilder.internet()
                        .lastThree(deliveredNow, Map.of(CODE, failedNow))
                        .lastHour(deliveredInHour, Map.of(CODE, failedInHour))))
                .hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource({"0.3,7,3,10,1", "0.3,7,3,11,0", "0.1,9,1,10,1", "0.07,93,7,100,1", "0.07,94,7,100,0", "0,10,0,10,0"})
    void comparesSharesWithoutRoundingThemAway(double share, long delivered, long failed, int attempts, int findings) {
        assertThat(judge(ViewBuilder.internet()
                        .thresholds(Thresholds.rate(share, attempts))
                        .lastThree(delivered, Map.of(CODE, failed))
                        .lastHour(delivered, Map.of(CODE, failed))))
                .hasSize(findings);
    }

    @Test
    void attachesToTheCodeThatFailsMostNow() {
        assertThat(judge(ViewBuilder.internet()
                        .lastThree(0, Map.of("450 4.4.312", 2L, "450 4.4.317", 1L))
                        .lastHour(0, Map.of("450 4.4.312", 2L, "450 4.4.317", 60L))))
                .extracting(Finding::reason, Finding::code, Finding::severity)
                .containsExactly(tuple(Reason.FAILURE_RATE, "450 4.4.312", Severity.WARNING));
    }

    @Test
    void saysWhatItMeasured() {
        assertThat(judge(ViewBuilder.internet().lastThree(1, Map.of(CODE, 1L)).lastHour(60, Map.of(CODE, 40L)))
                        .get(0)
                        .measures())
                .extracting(Measure::value, Measure::threshold)
                .containsExactly(
                        tuple(0.5, AlertSettings.DEFAULT.failureShare()),
                        tuple(0.4, AlertSettings.DEFAULT.failureShare()),
                        tuple(100.0, 50.0));
    }

    @Test
    void leavesWhatHasNoRouteAlone() {
        assertThat(judge(ViewBuilder.internet()
                        .named("unknown")
                        .lastThree(0, Map.of(CODE, 50L))
                        .lastHour(0, Map.of(CODE, 50L))))
                .isEmpty();
    }

    private static List<Finding> judge(ViewBuilder view) {
        return new FailureRate().judge(view.build()).toList();
    }
}
