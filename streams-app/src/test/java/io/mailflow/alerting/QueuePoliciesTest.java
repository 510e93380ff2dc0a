package io.mailflow.alerting;

import static io.mailflow.alerting.ViewBuilder.CODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuePoliciesTest {

    @ParameterizedTest
    @CsvSource({"199,", "200,WARNING", "1999,WARNING", "2000,HIGH", "2001,HIGH"})
    void backlogByRecipientsQueuedForLong(long recipients, Severity severity) {
        for (ConnectorType type : ConnectorType.values()) {
            assertThat(severities(new QueueBacklog(), ViewBuilder.of(type).olderThanBacklogAge(recipients)))
                    .isEqualTo(severity == null ? List.of() : List.of(severity));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INTERNET,24,0,0,",
        "INTERNET,25,0,0,WARNING",
        "INTERNET,99,24,0,WARNING",
        "INTERNET,99,25,0,HIGH",
        "INTERNET,99,99,24,HIGH",
        "INTERNET,99,99,25,CRITICAL",
        "UNKNOWN,24,24,24,",
        "UNKNOWN,25,25,25,CRITICAL",
        "SMART_HOST,0,0,0,",
        "SMART_HOST,1,0,0,WARNING",
        "SMART_HOST,1,1,0,HIGH",
        "SMART_HOST,1,1,1,CRITICAL"
    })
    void expiryRiskByTheHighestLevelReached(
            ConnectorType type, long warning, long high, long critical, Severity severity) {
        assertThat(severities(new ExpiryRisk(), ViewBuilder.of(type).expiring(warning, high, critical)))
                .isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    @ParameterizedTest
    @CsvSource({"INTERNET,24,0", "INTERNET,25,1", "UNKNOWN,24,0", "UNKNOWN,25,1", "SMART_HOST,0,0", "SMART_HOST,1,1"})
    void messagesExpiredIsCritical(ConnectorType type, long recipients, int findings) {
        assertThat(severities(new MessagesExpired(), ViewBuilder.of(type).expired(recipients)))
                .hasSize(findings)
                .allMatch(Severity.CRITICAL::equals);
    }

    @Test
    void overridesMoveEveryThreshold() {
        ViewBuilder view = ViewBuilder.internet().thresholds(Thresholds.queue(300, 400, 30, 40));
        assertThat(severities(new QueueBacklog(), view.olderThanBacklogAge(299)))
                .isEmpty();
        assertThat(severities(new QueueBacklog(), view.olderThanBacklogAge(300)))
                .containsExactly(Severity.WARNING);
        assertThat(severities(new QueueBacklog(), view.olderThanBacklogAge(400)))
                .containsExactly(Severity.HIGH);
        assertThat(severities(new ExpiryRisk(), view.expiring(29, 29, 29))).isEmpty();
        assertThat(severities(new ExpiryRisk(), view.expiring(30, 0, 0))).containsExactly(Severity.WARNING);
        assertThat(severities(new MessagesExpired(), view.expired(39))).isEmpty();
        assertThat(severities(new MessagesExpired(), view.expired(40))).hasSize(1);
    }

    @Test
    void anOverrideOfHighAloneIsEnough() {
        ViewBuilder view = ViewBuilder.internet().thresholds(Thresholds.queue(200, 100, 25, 25));
        assertThat(severities(new QueueBacklog(), view.olderThanBacklogAge(99))).isEmpty();
        assertThat(severities(new QueueBacklog(), view.olderThanBacklogAge(100)))
                .containsExactly(Severity.HIGH);
    }

    @Test
    void everyCodeIsJudgedByItself() {
        ConnectorView view = ViewBuilder.internet()
                .queue(new CodeQueue("450 4.4.312", 250, 150, 24, 0, 0, 0, 24, null, null))
                .queue(new CodeQueue("450 4.4.317", 250, 250, 24, 0, 0, 0, 0, null, null))
                .queue(new CodeQueue("none", 30, 0, 30, 0, 0, 0, 25, null, null))
                .build();
        assertThat(AlertPolicy.POLICIES.stream().flatMap(policy -> policy.judge(view)))
                .extracting(Finding::reason, Finding::code)
                .containsExactly(
                        tuple(Reason.QUEUE_BACKLOG, "450 4.4.317"),
                        tuple(Reason.EXPIRY_RISK, "none"),
                        tuple(Reason.MESSAGES_EXPIRED, "none"));
    }

    @Test
    void theQueuesOfWhatHasNoRouteAreJudged() {
        ViewBuilder view = ViewBuilder.of(ConnectorType.UNKNOWN).named("unknown");
        assertThat(severities(new ExpiryRisk(), view.expiring(25, 25, 0))).containsExactly(Severity.HIGH);
    }

    @Test
    void theySayWhichLevelWasReached() {
        assertThat(judge(new ExpiryRisk(), ViewBuilder.internet().expiring(99, 25, 0))
                        .get(0)
                        .measures())
                .containsExactly(new Measure(Reason.EXPIRY_RISK, "recipients that expire within PT4H", 25, 25));
        assertThat(judge(new QueueBacklog(), ViewBuilder.internet().olderThanBacklogAge(2500))
                        .get(0)
                        .measures())
                .containsExactly(new Measure(Reason.QUEUE_BACKLOG, "recipients queued longer than PT1H", 2500, 2000));
        assertThat(judge(new MessagesExpired(), ViewBuilder.smartHost().expired(3))
                        .get(0)
                        .measures())
                .containsExactly(
                        new Measure(Reason.MESSAGES_EXPIRED, "recipients that expired in the last hour", 3, 1));
    }

    private static List<Severity> severities(Policy policy, ViewBuilder view) {
        return judge(policy, view).stream()
                .peek(finding -> assertThat(finding.code()).isEqualTo(CODE))
                .map(Finding::severity)
                .toList();
    }

    private static List<Finding> judge(Policy policy, ViewBuilder view) {
        return policy.judge(view.build()).toList();
    }
}
