package io.mailflow.alerting;

import static io.mailflow.alerting.Times.at;
import static io.mailflow.alerting.ViewBuilder.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectorDownTest {

    @ParameterizedTest
    @EnumSource(ConnectorType.class)
    void judgesTheLastThreeWindowsOfEveryType(ConnectorType type) {
        assertThat(judge(ViewBuilder.of(type).down()))
                .extracting(Finding::reason, Finding::code, Finding::severity)
                .containsExactly(tuple(Reason.CONNECTOR_DOWN, CODE, Severity.HIGH));
    }

    @ParameterizedTest
    @CsvSource({"19,5,0,0", "20,5,0,1", "20,4,0,0", "20,5,1,0", "21,6,0,1"})
    void holdsFromTwentyAttemptsOfFiveMessagesOnWithoutADelivery(
            long failed, long messages, long delivered, int findings) {
        assertThat(judge(ViewBuilder.internet()
                        .lastThree(delivered, Map.of(CODE, failed))
                        .current(delivered, messages, Map.of(CODE, failed))))
                .hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource({"5,0,1", "0,5,1", "4,4,0"})
    void takesMessagesFromTheLargerHourBecauseTheyDoNotAddUp(long current, long previous, int findings) {
        assertThat(judge(ViewBuilder.internet()
                        .lastThree(0, Map.of(CODE, 20L))
                        .current(0, current, Map.of(CODE, 10L))
                        .previous(0, previous, Map.of(CODE, 10L))))
                .hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource({
        "SMART_HOST,2,3,2,0,0,1",
        "UNKNOWN,2,3,2,0,0,1",
        "INTERNET,2,3,2,0,0,0",
        "SMART_HOST,2,2,2,0,0,0",
        "SMART_HOST,2,3,1,0,0,0",
        "SMART_HOST,2,3,2,1,0,0",
        "SMART_HOST,2,3,2,0,1,0",
        "SMART_HOST,5,0,2,0,0,1",
        "SMART_HOST,0,5,2,0,0,1"
    })
    void judgesTwoHoursWhereNotInternetFacing(
            ConnectorType type,
            long failedNow,
            long failedBefore,
            long messages,
            long deliveredNow,
            long deliveredBefore,
            int findings) {
        assertThat(judge(ViewBuilder.of(type)
                        .current(deliveredNow, 1, Map.of(CODE, failedNow))
                        .previous(deliveredBefore, messages, Map.of(CODE, failedBefore))))
                .hasSize(findings);
    }

    @Test
    void overridesMoveEveryThreshold() {
        ViewBuilder view = ViewBuilder.smartHost().down();
        assertThat(judge(view.thresholds(Thresholds.down(21, 5, 21, 2)))).isEmpty();
        assertThat(judge(view.thresholds(Thresholds.down(20, 6, 20, 6)))).isEmpty();
        assertThat(judge(view.thresholds(Thresholds.down(21, 5, 20, 5)))).hasSize(1);
        assertThat(judge(view.thresholds(Thresholds.down(20, 5, 21, 2)))).hasSize(1);
    }

    @Test
    void attachesToTheMostAttemptedCodeOfItsWindow() {
        ViewBuilder view = ViewBuilder.smartHost()
                .lastThree(0, Map.of("450 4.4.316", 9L, "450 4.4.317", 11L))
                .current(0, 5, Map.of("450 4.4.316", 60L, "450 4.4.317", 11L));
        assertThat(judge(view)).extracting(Finding::code).containsExactly("450 4.4.317");
        view.lastThree(0, Map.of());
        assertThat(judge(view)).extracting(Finding::code).containsExactly("450 4.4.316");
    }

    @Test
    void attachesToTheSmallestOfEqualCodes() {
        assertThat(judge(ViewBuilder.smartHost()
                        .lastThree(0, Map.of("450 4.4.317", 10L, "450 4.4.315", 10L, "451 4.4.395", 10L))
                        .current(0, 5, Map.of())))
                .extracting(Finding::code)
                .containsExactly("450 4.4.315");
    }

    @Test
    void addsTheTwoHoursCodeByCode() {
        assertThat(judge(ViewBuilder.smartHost()
                        .current(0, 2, Map.of("450 4.4.316", 3L, "450 4.4.317", 2L))
                        .previous(0, 2, Map.of("450 4.4.317", 2L))))
                .extracting(Finding::code)
                .containsExactly("450 4.4.317");
    }

    @Test
    void saysWhatItMeasuredAndWhere() {
        Finding fast = judge(ViewBuilder.smartHost().down()).get(0);
        assertThat(fast.measures())
                .extracting(Measure::value, Measure::threshold)
                .containsExactly(tuple(20.0, 20.0), tuple(5.0, 5.0));
        assertThat(fast.traffic().start()).isEqualTo(at("08:15"));
        assertThat(fast.traffic().end()).isEqualTo(at("08:30"));

        Finding slow =
                judge(ViewBuilder.smartHost().current(0, 2, Map.of(CODE, 5L))).get(0);
        assertThat(slow.measures())
                .extracting(Measure::value, Measure::threshold)
                .containsExactly(tuple(5.0, 5.0), tuple(2.0, 2.0));
        assertThat(slow.traffic().start()).isEqualTo(at("07:00"));
        assertThat(slow.traffic().end()).isEqualTo(at("09:00"));
        assertThat(slow.traffic().failedWith(CODE)).isEqualTo(5);
    }

    @Test
    void leavesWhatHasNoRouteAlone() {
        assertThat(judge(ViewBuilder.of(ConnectorType.UNKNOWN).named("unknown").down()))
                .isEmpty();
    }

    private static List<Finding> judge(ViewBuilder view) {
        return new ConnectorDown().judge(view.build()).toList();
    }
}
