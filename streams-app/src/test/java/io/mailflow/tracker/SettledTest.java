package io.mailflow.tracker;

import static io.mailflow.tracker.Events.START;
import static io.mailflow.tracker.Events.TO_SITE;
import static io.mailflow.tracker.Events.closed;
import static io.mailflow.tracker.Events.deferred;
import static io.mailflow.tracker.Events.expired;
import static io.mailflow.tracker.Events.pending;
import static io.mailflow.tracker.Events.rejected;
import static io.mailflow.tracker.Events.sent;
import static io.mailflow.tracker.Events.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.naming.StoreNames;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import io.mailflow.schema.ProgressMark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a recipient: status flips, retractions, the table of rows, and being forgotten. */
class SettledTest {

    private static final long DAY = 86_400;
    private static final long MARGIN = 1_800;

    @TempDir
    Path stateDir;

    private TrackerDriver tracker;

    @BeforeEach
    void start() {
        tracker = new TrackerDriver(stateDir);
    }

    @AfterEach
    void stop() {
        tracker.close();
    }

    @Test
    void shouldQueueAPendingRecipientSinceItWasReceivedWithoutACode() {
        tracker.send(pending(0).get());
        tracker.end(START.plusSeconds(60));

        assertThat(tracker.sums().queue()).containsOnlyKeys("unknown|none|" + START + "|2026-01-06T08:00:00Z");
        assertThat(tracker.sums().attempts()).isEmpty();
    }

    @Test
    void shouldReplaceCodeAndSinceOfAPendingRecipientByItsFirstDeferral() {
        tracker.send(pending(0).get(), deferred(90).get());
        tracker.end(START.plusSeconds(100));

        assertThat(tracker.sums().queue())
                .containsOnlyKeys(TO_SITE + "|450 4.4.316|" + START.plusSeconds(90) + "|2026-01-06T08:01:30Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Delivered", "Failed", "Expanded", "Quarantined"})
    void shouldLetAFinalStatusBeatPendingAndAttemptsWhateverTheOrder(String last) {
        tracker.send(pending(0).observed(10).get());
        tracker.send(status(0, last).observed(20).get());
        tracker.send(deferred(30).get());
        tracker.send(pending(0).named("pending").observed(30).get());
        tracker.send(deferred(40).to("bob@fabrikam.example").get());
        tracker.send(status(0, last).to("bob@fabrikam.example").observed(20).get());
        tracker.end(START.plusSeconds(2 * DAY));

        assertThat(tracker.sums().queued()).isZero();
        assertThat(tracker.sums().expiredRecipients()).isZero();
        assertThat(tracker.sums().failed(TO_SITE, "450 4.4.316")).isEqualTo(2);
    }

    @Test
    void shouldBelieveTheFinalStatusObservedLater() {
        tracker.send(deferred(0).get(), expired(60).get());
        tracker.send(status(0, "Delivered").observed(100).get());
        tracker.send(status(0, "Failed").observed(90).get());
        tracker.end(START.plusSeconds(200));
        assertThat(tracker.sums().expiredRecipients()).isZero();

        tracker.send(status(0, "Failed").observed(110).get());
        tracker.end(START.plusSeconds(300));
        assertThat(tracker.sums().expiredRecipients()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnExpiryBackWhenAnEventSaysOtherwise() {
        tracker.send(deferred(0).get(), expired(60).get());
        tracker.send(deferred(120).get());
        tracker.end(START.plusSeconds(200));

        assertThat(tracker.sums().expiredRecipients()).isZero();
        assertThat(tracker.sums().queue())
                .containsOnlyKeys(TO_SITE + "|450 4.4.316|" + START.plusSeconds(120) + "|2026-01-06T08:02:00Z");
    }

    @Test
    void shouldGiveARecipientTriedAfterItsExpiryByTheClockAnotherLifetime() {
        tracker.send(deferred(0).get());
        tracker.send(deferred(DAY + MARGIN + 60).get());
        tracker.end(START.plusSeconds(DAY + MARGIN + 120));
        assertThat(tracker.sums().expiredRecipients()).isZero();
        assertThat(tracker.sums().queue())
                .containsOnlyKeys(TO_SITE + "|450 4.4.316|" + START + "|" + START.plusSeconds(2 * DAY + MARGIN + 60));

        tracker.end(START.plusSeconds(2 * DAY + 2 * MARGIN + 60));
        assertThat(tracker.sums().expired())
                .containsOnlyKeys(TO_SITE + "|450 4.4.316|" + START.plusSeconds(2 * DAY + 2 * MARGIN + 60));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1"})
    void shouldTellARetryBeforeTheEndOfItsLifetimeFromOneAfterIt(long ms, int queued) {
        Instant end = START.plusSeconds(DAY + MARGIN);
        tracker.send(deferred(0).get(), deferred(0).at(end.plusMillis(ms)).get());
        tracker.end(end.plusMillis(1));

        assertThat(tracker.sums().queued()).isEqualTo(queued);
        assertThat(tracker.sums().expiredRecipients()).isEqualTo(1 - queued);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 0", "0, 0, 1", "1, 0, 1"})
    void shouldExpireExactlyAtDeadlineAndMargin(long ms, int queued, int expired) {
        tracker.send(deferred(0).get());
        tracker.end(START.plusSeconds(DAY + MARGIN).plusMillis(ms));

        assertThat(tracker.sums().queued()).isEqualTo(queued);
        assertThat(tracker.sums().expiredRecipients()).isEqualTo(expired);
    }

    @Test
    void shouldKnowTheLifetimeOfConnectorAndPlatform() {
        tracker.register(outbound("Short", Duration.ofHours(4)));
        tracker.send(deferred(0).on("Short").to("a@fabrikam.example").get());
        tracker.send(deferred(0)
                .platform(Platform.EXCHANGE_SERVER)
                .to("b@fabrikam.example")
                .get());
        tracker.end(START.plusSeconds(60));

        assertThat(tracker.sums().queue())
                .containsOnlyKeys(
                        "Short|450 4.4.316|" + START + "|2026-01-05T12:00:00Z",
                        TO_SITE + "|450 4.4.316|" + START + "|2026-01-07T08:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELIVER", "DROP", "EXPAND", "BADMAIL"})
    void shouldCloseAQueuedRecipientWhateverTheCode(String name) {
        tracker.send(deferred(0).get());
        tracker.send(closed(60, name).reply("250 2.1.5 RESOLVER.GRP.Expanded").get());
        tracker.end(START.plusSeconds(100));

        assertThat(tracker.sums().queued()).isZero();
        assertThat(tracker.accounting()).isEqualTo(new Accounting(2, 0, 0, 0, 0));
    }

    @Test
    void shouldCloseWithoutAnAttemptWhereAnotherComponentGaveUp() {
        tracker.send(deferred(0).get(), rejected(60).from("ROUTING").get());
        tracker.end(START.plusSeconds(100));

        assertThat(tracker.sums().queued()).isZero();
        assertThat(tracker.sums().failed(TO_SITE, "550 5.1.1")).isZero();
        assertThat(tracker.accounting()).isEqualTo(new Accounting(2, 0, 0, 0, 0));
    }

    @Test
    void shouldNotCountAFailureWithoutConnectorAndEarlierAttempt() {
        tracker.send(rejected(0).unnamed().get());
        tracker.end(START.plusSeconds(100));

        assertThat(tracker.sums().attempts()).isEmpty();
        assertThat(tracker.accounting()).isEqualTo(new Accounting(0, 0, 1, 0, 0));
    }

    @Test
    void shouldCountAFailureWithoutConnectorOnceSomethingTellsIt() {
        tracker.send(rejected(50).unnamed().get());
        tracker.send(deferred(0).get());
        tracker.end(START.plusSeconds(100));

        assertThat(tracker.sums().failed(TO_SITE, "550 5.1.1")).isEqualTo(1);
        assertThat(tracker.sums().queued()).isZero();
        assertThat(tracker.accounting()).isEqualTo(new Accounting(2, 0, 0, 0, 0));
    }

    @Test
    void shouldNotCountAFailureOnAConnectorRegisteredAsInbound() {
        tracker.register(new ConnectorEntry(
                "contoso",
                TO_SITE,
                Direction.INBOUND,
                ConnectorType.UNKNOWN,
                null,
                List.of(),
                List.of(),
                null,
                null,
                Map.of()));
        tracker.send(rejected(0).get());
        tracker.end(START.plusSeconds(100));

        assertThat(tracker.accounting()).isEqualTo(new Accounting(0, 0, 1, 0, 0));
    }

    @Test
    void shouldFindConnectorsWithASlashInTheirName() {
        tracker.register(outbound("To EMEA/on-premises", Duration.ofHours(4)));
        tracker.send(deferred(0).on("To EMEA/on-premises").get());
        tracker.end(START.plusSeconds(60));

        assertThat(tracker.sums().queue())
                .containsOnlyKeys("To EMEA/on-premises|450 4.4.316|" + START + "|2026-01-05T12:00:00Z");
    }

    /** In whatever order a registry is read, and whoever goes. */
    @Test
    void shouldGiveASharedDomainToTheSmallestNameAndThenToTheNext() {
        tracker.register(outbound("B", null));
        tracker.register(outbound("A", null));
        tracker.register(outbound("C", null));
        tracker.send(deferred(0).unnamed().to("a@fabrikam.example").get());
        tracker.registry("contoso/A", null);
        tracker.send(deferred(0).unnamed().to("b@fabrikam.example").get());
        tracker.end(START.plusSeconds(60));

        assertThat(tracker.sums().queuedMessages()).containsOnlyKeys("A", "B");
    }

    @Test
    void shouldForgetRecipientAndMessageAfterTheHorizonAndNotBefore() {
        tracker.send(deferred(0).get(), sent(60).get());
        tracker.end(START.plusSeconds(DAY + MARGIN).minusMillis(1));
        assertThat(tracker.size(StoreNames.RECIPIENTS)).isEqualTo(1);

        tracker.end(START.plusSeconds(DAY + MARGIN));
        assertThat(tracker.size(StoreNames.RECIPIENTS)).isZero();
        assertThat(tracker.size(StoreNames.MESSAGES)).isZero();
        assertThat(tracker.size(StoreNames.TIMERS)).isZero();
        assertThat(tracker.size(StoreNames.PENDING_DELTAS)).isZero();
    }

    /** Lifetime 48 h, horizon 24 h: what is young enough to change a queue nobody remembers is not forgotten before. */
    @ParameterizedTest
    @CsvSource({"-1, 1, 0", "0, 0, 1", "1, 0, 1"})
    void shouldRememberADeferralAsLongAsALateOneChangesTheQueue(long ms, long duplicates, long late) {
        tracker.send(deferred(0).platform(Platform.EXCHANGE_SERVER).get());
        tracker.send(sent(60).platform(Platform.EXCHANGE_SERVER).get());
        tracker.send(new ProgressMark(START.plusSeconds(2 * DAY + MARGIN).plusMillis(ms)));
        tracker.send(deferred(0).platform(Platform.EXCHANGE_SERVER).get());
        tracker.end(START.plusSeconds(3 * DAY));

        assertThat(tracker.accounting()).isEqualTo(new Accounting(2, duplicates, 0, late, 0));
        assertThat(tracker.sums().queue()).isEmpty();
        assertThat(tracker.sums().expiredRecipients()).isZero();
    }

    @Test
    void shouldNotCountAnExpiryAgainThatIsFedTwice() {
        tracker.send(deferred(0).platform(Platform.EXCHANGE_SERVER).get());
        tracker.send(expired(60).platform(Platform.EXCHANGE_SERVER).get());
        tracker.send(new ProgressMark(START.plusSeconds(2 * DAY)));
        tracker.send(expired(60).platform(Platform.EXCHANGE_SERVER).get());
        tracker.end(START.plusSeconds(2 * DAY));

        assertThat(tracker.accounting()).isEqualTo(new Accounting(2, 1, 0, 0, 0));
        assertThat(tracker.sums().expiredRecipients()).isEqualTo(1);
    }

    @Test
    void shouldDropARegistryEntryThatNobodyCanReckonWith() {
        tracker.register(outbound("Endless", Duration.ofSeconds(Long.MAX_VALUE)));
        tracker.register(outbound("Backwards", Duration.ofHours(-1)));
        tracker.registryJson(
                "contoso/Worked on",
                "{\"tenant\":\"contoso\",\"name\":\"Worked on\",\"direction\":\"outbound\",\"type\":\"internet\","
                        + "\"recipientDomains\":[\"fabrikam.example\"],\"maintenance\":[{}]}");
        tracker.send(
                deferred(0).on("Endless").get(),
                deferred(0).unnamed().message("m2").get());
        tracker.end(START.plusSeconds(60));

        assertThat(tracker.deadLetters()).isEmpty();
        assertThat(tracker.sums().queue())
                .containsOnlyKeys(
                        "Endless|450 4.4.316|" + START + "|2026-01-06T08:00:00Z",
                        "unknown|450 4.4.316|" + START + "|2026-01-06T08:00:00Z");
    }

    @Test
    void shouldRememberSuccessesForTheirOwnHorizonOnly() {
        tracker.send(sent(0).get(), sent(600).message("m2").get());
        assertThat(tracker.size(StoreNames.RECIPIENTS)).isZero();
        tracker.send(sent(0).get());
        tracker.send(sent(3_630).message("m3").get());
        tracker.send(sent(0).get());
        tracker.send(sent(3_631).message("m4").get());
        tracker.send(sent(0).get());
        tracker.end(START.plusSeconds(3_700));

        assertThat(tracker.accounting()).isEqualTo(new Accounting(4, 2, 0, 1, 0));
        assertThat(tracker.sums().delivered(TO_SITE)).isEqualTo(4);
    }

    private static ConnectorEntry outbound(String name, @Nullable Duration lifetime) {
        return new ConnectorEntry(
                "contoso",
                name,
                Direction.OUTBOUND,
                ConnectorType.INTERNET,
                null,
                List.of(),
                List.of("fabrikam.example"),
                lifetime,
                null,
                Map.of());
    }
}
