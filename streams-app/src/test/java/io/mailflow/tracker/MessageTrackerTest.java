package io.mailflow.tracker;

import static io.mailflow.tracker.Events.TO_SITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Accounting;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageTrackerTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final String REFUSED = "450 4.4.316 Connection refused [Message=Socket error code 10061]";

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
    void shouldCountADeferralAndQueueItsRecipient() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        end(60);

        Sums sums = tracker.sums();
        assertThat(sums.failed(TO_SITE, "450 4.4.316")).isEqualTo(1);
        assertThat(sums.queued()).isEqualTo(1);
        assertThat(sums.queuedMessages()).containsEntry(TO_SITE, 1L);
        assertThat(accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 0));
    }

    @Test
    void shouldLeaveEveryCountWhenFedTwice() {
        MessageTraceEvent defer = event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED);
        MessageTraceEvent sent = event(EventClass.SEND, 30, "bob@contoso.example", "250 2.0.0 OK");
        send(defer);
        send(defer);
        send(sent);
        send(sent);
        end(60);

        Sums sums = tracker.sums();
        assertThat(sums.failed(TO_SITE, "450 4.4.316")).isEqualTo(1);
        assertThat(sums.delivered(TO_SITE)).isEqualTo(1);
        assertThat(sums.queued()).isEqualTo(1);
        assertThat(accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0));
    }

    @Test
    void shouldCloseTheQueueOnDelivery() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.SEND, 900, "ann@contoso.example", "250 2.0.0 OK"));
        end(1_000);

        Sums sums = tracker.sums();
        assertThat(sums.queued()).isZero();
        assertThat(sums.queuedMessages()).isEmpty();
        assertThat(sums.delivered(TO_SITE)).isEqualTo(1);
    }

    @Test
    void shouldCloseTheQueueOnADeliveryOrExpansionWithASuccessStatus() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.CLOSE, 900, "ann@contoso.example", "250 2.1.5 RESOLVER.GRP.Expanded"));
        end(1_000);

        assertThat(tracker.sums().queued()).isZero();
        assertThat(accounting()).isEqualTo(new Accounting(2, 0, 0, 0, 0));
    }

    @Test
    void shouldExpireExactlyAtDeadlineAndMargin() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        long deadlineAndMargin = 24 * 3_600 + 30 * 60;
        end(deadlineAndMargin);

        Sums sums = tracker.sums();
        assertThat(sums.queued()).isZero();
        assertThat(sums.expiredRecipients()).isEqualTo(1);
        assertThat(sums.expired()).containsOnlyKeys(TO_SITE + "|450 4.4.316|" + START.plusSeconds(deadlineAndMargin));
    }

    @Test
    void shouldStillQueueAMillisecondBeforeDeadlineAndMargin() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        tracker.end(START.plusSeconds(24 * 3_600 + 30 * 60).minusMillis(1));

        Sums sums = tracker.sums();
        assertThat(sums.queued()).isEqualTo(1);
        assertThat(sums.expiredRecipients()).isZero();
    }

    @Test
    void shouldTakeAnExpiryBackWhenItIsDeliveredAfterAll() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.SEND, 26 * 3_600, "ann@contoso.example", "250 2.0.0 OK"));
        end(27 * 3_600);

        Sums sums = tracker.sums();
        assertThat(sums.expiredRecipients()).isZero();
        assertThat(sums.queued()).isZero();
    }

    @Test
    void shouldChargeAnExpiryToTheLatestAttempt() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.FAIL, 86_400, "ann@contoso.example", "550 5.4.316 Message expired, connection refused"));
        end(86_401);

        Sums sums = tracker.sums();
        assertThat(sums.expired()).containsOnlyKeys(TO_SITE + "|450 4.4.316|" + START.plusSeconds(86_400));
        assertThat(sums.failed(TO_SITE, "550 5.4.316")).isZero();
        assertThat(sums.queued()).isZero();
    }

    @Test
    void shouldCountOneMessageForTwoRecipients() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.DEFER, 1, "bob@contoso.example", REFUSED));
        send(event(EventClass.DEFER, 299, "bob@contoso.example", REFUSED));
        send(event(EventClass.DEFER, 300, "bob@contoso.example", REFUSED));
        end(400);

        Sums all = tracker.sums();
        assertThat(all.window(TO_SITE, "450 4.4.316", "5m", "2026-01-05T08:00:00Z"))
                .isEqualTo(List.of(0L, 3L, 1L, 2L));
        assertThat(all.window(TO_SITE, "450 4.4.316", "5m", "2026-01-05T08:05:00Z"))
                .isEqualTo(List.of(0L, 1L, 1L, 1L));
        assertThat(all.window(TO_SITE, "450 4.4.316", "1h", "2026-01-05T08:00:00Z"))
                .isEqualTo(List.of(0L, 4L, 1L, 2L));
        assertThat(all.ever(TO_SITE, "450 4.4.316")).isEqualTo(List.of(0L, 4L, 1L, 2L));
    }

    private void send(MessageTraceEvent event) {
        tracker.send(event);
    }

    private void end(long seconds) {
        tracker.end(START.plusSeconds(seconds));
    }

    private static MessageTraceEvent event(EventClass type, long seconds, String recipient, String reply) {
        return Events.event(type, START.plusSeconds(seconds))
                .to(recipient)
                .reply(reply)
                .get();
    }

    private Accounting accounting() {
        return tracker.accounting();
    }
}
