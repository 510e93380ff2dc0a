package io.mailflow.alerting;

import static io.mailflow.alerting.Times.at;
import static io.mailflow.alerting.Times.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole lives of alerts, told as what happens to a connector and read as what is published, minute by minute. */
class AlertLifeTest {

    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);
    private static final String TIMEOUT = "450 4.4.316";
    private static final String CERTIFICATE = "450 4.4.317";

    @Test
    void smartHostDiesAndRecovers() {
        Story story = Story.of(ConnectorType.SMART_HOST)
                .delivers("07:00:20", "08:00", minutes(1))
                .fails(TIMEOUT, "08:00:10", "09:00", HALF_MINUTE)
                .queues(TIMEOUT, 50, "08:00:10", "09:01:30")
                .delivers("09:00:20", "12:00", minutes(1))
                .played("07:30", "11:59");
        assertThat(story.published())
                .containsExactly(
                        // [07:10, 08:10): 20 of 70 failed, [07:55, 08:10): 20 of 25
                        "5 08:10 opened warning 450 4.4.316 [failure-rate]",
                        // first three windows without a delivery
                        "5 08:15 escalated high 450 4.4.316 [connector-down, failure-rate]",
                        // last failure 08:59:40, queue drained 09:01:30
                        "5 10:02 resolved recovered high 450 4.4.316 [connector-down, failure-rate]");
        assertThat(story.open()).isEmpty();
        assertThat(story.publications().map(decision -> decision.episode().since()))
                .containsOnly(at("08:00:10"));
        assertThat(story.publications().map(decision -> decision.episode().sequence()))
                .containsExactly(1, 2, 3);
        assertThat(story.publications().map(decision -> decision.episode().id()).distinct())
                .hasSize(1);
    }

    @Test
    void quietSmartHostShowsWithinMinutes() {
        assertThat(Story.of(ConnectorType.SMART_HOST)
                        .fails(TIMEOUT, "08:00:10", "08:03", HALF_MINUTE)
                        .played("07:30", "08:30")
                        .published())
                .containsExactly("5 08:03 opened high 450 4.4.316 [connector-down]");
    }

    /** Fails for an hour, then is retried every half hour until everything expires. */
    private static Story deadSmartHost() {
        return Story.of(ConnectorType.SMART_HOST)
                .fails(TIMEOUT, "08:00:10", "09:00", HALF_MINUTE)
                .fails(TIMEOUT, "09:10", "6 08:00", minutes(30))
                .fails(TIMEOUT, "09:10:01", "6 08:00", minutes(30))
                .fails(TIMEOUT, "09:10:02", "6 08:00", minutes(30))
                .queuesUntilExpiry(TIMEOUT, 30, "08:00");
    }

    private static final List<String> UNTIL_GIVEN_UP = List.of(
            "5 08:03 opened high 450 4.4.316 [connector-down]",
            // fifty attempts
            "5 08:25 changed high 450 4.4.316 [connector-down, failure-rate]",
            // no longer [failure-rate], which says nothing by itself
            "5 14:25 repeated high 450 4.4.316 [connector-down]",
            "5 20:00 changed high 450 4.4.316 [connector-down, expiry-risk]",
            "6 02:00 repeated high 450 4.4.316 [connector-down, expiry-risk]",
            "6 07:00 escalated critical 450 4.4.316 [connector-down, expiry-risk]",
            "6 08:30 changed critical 450 4.4.316 [connector-down, messages-expired]",
            "6 14:30 repeated critical 450 4.4.316 [connector-down, messages-expired]");

    @Test
    void smartHostThatGaveUpStaysOpenUntilADelivery() {
        Story story = deadSmartHost().delivers("6 16:00:20", "6 16:01", minutes(1));
        assertThat(story.played("07:30", "6 16:00").published()).isEqualTo(UNTIL_GIVEN_UP);
        assertThat(story.lastWhy(TIMEOUT)).isEqualTo(Why.AWAITS_DELIVERY);
        assertThat(story.played("6 16:01", "6 20:00").published())
                .startsWith(UNTIL_GIVEN_UP.toArray(String[]::new))
                .endsWith("6 16:01 resolved recovered critical 450 4.4.316 [connector-down, messages-expired]")
                .hasSize(UNTIL_GIVEN_UP.size() + 1);
    }

    @Test
    void smartHostThatGaveUpResolvesAfterADayWithoutAttempts() {
        // The last retry is at 07:40:02 on the 6th.
        assertThat(deadSmartHost().played("07:30", "7 12:00").published())
                .startsWith(UNTIL_GIVEN_UP.toArray(String[]::new))
                .endsWith(
                        "7 02:30 repeated critical 450 4.4.316 [connector-down, messages-expired]",
                        "7 07:41 resolved gave-up critical 450 4.4.316 [connector-down, messages-expired]")
                .hasSize(UNTIL_GIVEN_UP.size() + 2);
    }

    @Test
    void oneDeadDomainOnAnInternetConnectorOpensNothing() {
        assertThat(Story.of(ConnectorType.INTERNET)
                        .delivers("07:00:20", "6 12:00", HALF_MINUTE)
                        .fails("450 4.4.312", "08:00:10", "6 08:00", minutes(2))
                        .queuesUntilExpiry("450 4.4.312", 24, "08:00")
                        .played("07:30", "6 12:00")
                        .published())
                .isEmpty();
    }

    @Test
    void rareAttemptsOnAnInternetConnectorOpenNothing() {
        assertThat(Story.of(ConnectorType.INTERNET)
                        .fails("450 4.4.312", "08:00:10", "20:00", minutes(2))
                        .played("07:30", "20:00")
                        .published())
                .isEmpty();
    }

    @Test
    void expiryRiskEscalatesAsTheDeadlineComesCloser() {
        Story story = Story.of(ConnectorType.INTERNET)
                .fails(TIMEOUT, "08:00", "08:01", minutes(1))
                .queuesUntilExpiry(TIMEOUT, 25, "08:00")
                .played("08:00", "6 12:00");
        assertThat(story.published())
                .containsExactly(
                        "5 20:00 opened warning 450 4.4.316 [expiry-risk]",
                        "6 02:00 repeated warning 450 4.4.316 [expiry-risk]",
                        "6 04:00 escalated high 450 4.4.316 [expiry-risk]",
                        "6 07:00 escalated critical 450 4.4.316 [expiry-risk]",
                        "6 08:30 changed critical 450 4.4.316 [messages-expired]",
                        // an hour after the last recipient left the queue
                        "6 09:30 resolved gave-up critical 450 4.4.316 [messages-expired]");
        assertThat(story.publications().map(decision -> decision.episode().since()))
                .containsOnly(at("08:00"));
    }

    @Test
    void reasonsComeAndGoButTheSeverityStays() {
        Story story = Story.of(ConnectorType.INTERNET)
                .queues(TIMEOUT, 2_000, "08:00", "10:00")
                .queues(TIMEOUT, 30, "4 21:00", "12:00")
                .queues(TIMEOUT, 1, "08:00", "14:00")
                .queues(TIMEOUT, 200, "11:00", "13:00")
                .played("08:00", "15:30");
        assertThat(story.published())
                .containsExactly(
                        // thirty expire at 21:00
                        "5 09:00 opened warning 450 4.4.316 [expiry-risk]",
                        "5 09:01 escalated high 450 4.4.316 [queue-backlog, expiry-risk]",
                        // the backlog goes and comes again, the risk goes; one recipient is queued until 14:00
                        "5 15:00 resolved gave-up high 450 4.4.316 [queue-backlog, expiry-risk]");
        assertThat(story.severities()).startsWith(Severity.WARNING).endsWith(Severity.HIGH);
    }

    @Test
    void aReasonThatHoversAtItsThresholdIsNoNews() {
        Story story = Story.of(ConnectorType.INTERNET)
                .queues(TIMEOUT, 25, "4 20:00", "12:00")
                // backlog until 09:09, from 09:23 to 09:29 and from 09:43 to 09:49
                .queues(TIMEOUT, 200, "08:00", "09:10")
                .queues(TIMEOUT, 200, "08:23", "09:30")
                .queues(TIMEOUT, 200, "08:43", "09:50")
                .played("09:00", "11:00");
        assertThat(story.published())
                .containsExactly(
                        "5 09:00 opened warning 450 4.4.316 [expiry-risk]",
                        "5 09:01 changed warning 450 4.4.316 [queue-backlog, expiry-risk]");
    }

    @Test
    void repeatsAreRareAndBecomeRarer() {
        Story story = Story.of(ConnectorType.SMART_HOST)
                .fails(TIMEOUT, "08:00:10", "12 08:00", minutes(12))
                .played("08:00", "10 08:00");
        assertThat(story.published())
                .containsExactly(
                        // at 08:12:10, 08:24:10, 08:36:10 and 08:48:10 the second to fifth attempt
                        "5 08:49 opened high 450 4.4.316 [connector-down]",
                        "5 14:49 repeated high 450 4.4.316 [connector-down]",
                        "6 02:49 repeated high 450 4.4.316 [connector-down]",
                        "7 02:49 repeated high 450 4.4.316 [connector-down]",
                        "8 02:49 repeated high 450 4.4.316 [connector-down]",
                        "9 02:49 repeated high 450 4.4.316 [connector-down]",
                        "10 02:49 repeated high 450 4.4.316 [connector-down]");
        assertThat(story.publications().map(decision -> decision.episode().sequence()))
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void anOutageThatReturnsIsAnotherAlert() {
        Story story = Story.of(ConnectorType.SMART_HOST)
                .fails(TIMEOUT, "08:00:10", "08:05", HALF_MINUTE)
                .delivers("08:05:10", "09:00", minutes(1))
                .fails(TIMEOUT, "11:00:10", "11:10", HALF_MINUTE)
                .played("08:00", "11:30");
        assertThat(story.published())
                .containsExactly(
                        "5 08:03 opened high 450 4.4.316 [connector-down]",
                        "5 09:05 resolved recovered high 450 4.4.316 [connector-down]",
                        "5 11:03 opened high 450 4.4.316 [connector-down]");
        List<Episode> episodes = story.publications().map(Decision::episode).toList();
        assertThat(episodes.get(2).id()).isNotEqualTo(episodes.get(0).id());
        assertThat(episodes.get(2).sequence()).isEqualTo(1);
        assertThat(episodes.get(2).since()).isEqualTo(at("11:00:10"));
        assertThat(episodes.get(1).id()).isEqualTo(episodes.get(0).id());
    }

    @Test
    void theSameStoryToldTwiceIsTheSame() {
        Story once = deadSmartHost().played("07:30", "6 09:00");
        Story twice = deadSmartHost().played("07:30", "6 09:00");
        assertThat(twice.publications()).isEqualTo(once.publications().toList());
    }

    @Test
    void whatHasNoRouteOpensQueueAlertsOnly() {
        assertThat(Story.ofUnknownConnector()
                        .fails(TIMEOUT, "08:00:10", "10:00", HALF_MINUTE)
                        .queues(TIMEOUT, 199, "08:00", "6 07:59")
                        .queues("none", 200, "08:00", "09:30")
                        .played("07:30", "12:00")
                        .published())
                .containsExactly(
                        "5 09:01 opened warning none [queue-backlog]",
                        "5 10:30 resolved gave-up warning none [queue-backlog]");
    }

    @Test
    void connectorReasonsStayOnTheirCodeAndQueueReasonsOnTheirs() {
        Story story = Story.of(ConnectorType.SMART_HOST)
                .fails(TIMEOUT, "08:00:10", "08:10", HALF_MINUTE)
                .fails(CERTIFICATE, "08:10:10", "12:00", Duration.ofSeconds(10))
                .queues(CERTIFICATE, 200, "08:10", "6 08:00")
                .played("08:00", "12:00");
        assertThat(story.published())
                .containsExactly(
                        "5 08:03 opened high 450 4.4.316 [connector-down]",
                        // fifty attempts; by now the certificate fails most, yet connector-down stays where it is
                        "5 08:20 opened warning 450 4.4.317 [failure-rate]",
                        "5 09:11 changed warning 450 4.4.317 [failure-rate, queue-backlog]");
        assertThat(story.lastWhy(TIMEOUT)).isEqualTo(Why.REASON_HOLDS);
    }

    @Test
    void aNewFirstCauseOrOwnerChangesTheMeaning() {
        Story story = Story.of(ConnectorType.SMART_HOST)
                .fails(CERTIFICATE, "08:00:10", "14:00", minutes(10))
                .cause(CERTIFICATE, "08:00", "certificate-expired", Owner.OUR_ADMIN)
                .cause(CERTIFICATE, "09:30", "certificate-expired", Owner.REMOTE_ORGANISATION)
                .cause(CERTIFICATE, "10:45", "untrusted-root", Owner.REMOTE_ORGANISATION)
                .cause(CERTIFICATE, "11:00", null, Owner.OUR_ADMIN)
                .cause(CERTIFICATE, "12:00", "untrusted-root", Owner.REMOTE_ORGANISATION)
                .played("08:00", "13:00");
        assertThat(story.publications()
                        .map(decision -> "%s %s %s %s"
                                .formatted(
                                        Times.text(decision.episode().publishedAt()),
                                        decision.why(),
                                        decision.episode().cause(),
                                        decision.episode().owner())))
                .containsExactly(
                        "5 08:41 THRESHOLD_REACHED certificate-expired OUR_ADMIN",
                        // an hour after it was published
                        "5 09:41 OWNER_CHANGED certificate-expired REMOTE_ORGANISATION",
                        "5 10:45 CAUSE_CHANGED untrusted-root REMOTE_ORGANISATION");
    }

    @Test
    void whatIsWrongWhenMaintenanceEndsOpensThen() {
        Story story = Story.of(ConnectorType.SMART_HOST)
                .maintenance("08:00", "09:00")
                .fails(TIMEOUT, "08:00:10", "10:00", HALF_MINUTE)
                .queues(TIMEOUT, 50, "08:00:10", "12:00")
                .played("07:30", "09:30");
        assertThat(story.published()).containsExactly("5 09:00 opened high 450 4.4.316 [connector-down, failure-rate]");
        assertThat(story.publications().map(decision -> decision.episode().since()))
                .containsOnly(at("08:00:10"));
    }

    @Test
    void whatWasMendedDuringMaintenanceIsNobodysAlert() {
        assertThat(Story.of(ConnectorType.SMART_HOST)
                        .maintenance("08:00", "09:00")
                        .fails(TIMEOUT, "08:00:10", "08:40", HALF_MINUTE)
                        .queues(TIMEOUT, 50, "08:00:10", "08:41")
                        .delivers("08:40:20", "10:00", minutes(1))
                        .played("07:30", "10:00")
                        .published())
                .isEmpty();
    }

    @Test
    void theFinalClockIsOneMoreEvaluation() {
        Story story = Story.of(ConnectorType.SMART_HOST)
                .fails(TIMEOUT, "08:00:10", "08:02:15", HALF_MINUTE)
                .played("08:00", "08:02")
                .evaluate(at("08:02:10.001"));
        assertThat(story.published()).containsExactly("5 08:02:10.001 opened high 450 4.4.316 [connector-down]");
        Episode episode = story.publications().toList().get(0).episode();
        assertThat(episode.openedAt()).isEqualTo(at("08:02:10.001"));
        assertThat(episode.id()).isEqualTo(EpisodeId.of("contoso", "Outbound to Datacentre", TIMEOUT, at("08:02")));
    }

    @Test
    void failuresBelowEveryThresholdKeepAnAlertOpen() {
        // One attempt every fifty minutes after the outage, among deliveries.
        Story story = Story.of(ConnectorType.INTERNET)
                .fails(TIMEOUT, "08:00:10", "08:15", HALF_MINUTE)
                .delivers("08:15:20", "20:00", minutes(1))
                .fails(TIMEOUT, "09:00", "12:00", minutes(50))
                .played("08:00", "13:30");
        assertThat(story.published())
                .containsExactly(
                        "5 08:10 opened high 450 4.4.316 [connector-down]",
                        "5 12:30 resolved recovered high 450 4.4.316 [connector-down]");
    }
}
