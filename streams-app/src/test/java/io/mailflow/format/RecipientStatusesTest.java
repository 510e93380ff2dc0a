package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecipientStatusesTest {

    @Test
    void shouldSplitOnlyWhereTheNextValueStarts() {
        assertThat(RecipientStatuses.of("550 4.4.7 QUEUE.Expired;message expired;250 2.1.5 OK", 2))
                .containsExactly("550 4.4.7 QUEUE.Expired;message expired", "250 2.1.5 OK");
        assertThat(RecipientStatuses.of(
                        "[{LED=450 4.4.316 a; b};{MSG=};{FQDN=}];Reason: [{LED=421 x}];Defer: y;451", 4))
                .containsExactly("[{LED=450 4.4.316 a; b};{MSG=};{FQDN=}]", "Reason: [{LED=421 x}]", "Defer: y", "451");
    }

    @Test
    void shouldLetTheLastValueServeTheRest() {
        assertThat(RecipientStatuses.of("450 4.4.1 a;450 4.4.2 b", 4))
                .containsExactly("450 4.4.1 a", "450 4.4.2 b", "450 4.4.2 b", "450 4.4.2 b");
    }

    /** A server may say anything behind its reply, also what looks like the next one. */
    @Test
    void shouldLeaveTheOnlyRecipientTheWholeText() {
        assertThat(RecipientStatuses.of("550 4.4.7 QUEUE.Expired;450 4.4.1 was the last answer;", 1))
                .containsExactly("550 4.4.7 QUEUE.Expired;450 4.4.1 was the last answer");
        assertThat(RecipientStatuses.of("[{LED=450 4.4.317 cut;[{LED=450 4.4.316 other}]", 1))
                .containsExactly("[{LED=450 4.4.317 cut;[{LED=450 4.4.316 other}]");
        assertThat(RecipientStatuses.of("Cc", 1)).containsExactly((String) null);
    }

    @Test
    void shouldNotTakeRolesForStatuses() {
        assertThat(RecipientStatuses.of("To;Cc;Bcc", 3)).containsExactly(null, null, null);
        assertThat(RecipientStatuses.of("", 2)).containsExactly(null, null);
    }

    @Test
    void shouldSurviveCutAndUnbalancedContainers() {
        assertThat(RecipientStatuses.of("[{LED=450 4.4.316 cut [Message=a;[{LED=450 4.4.317 other}]", 2))
                .containsExactly("[{LED=450 4.4.316 cut [Message=a", "[{LED=450 4.4.317 other}]");
        assertThat(RecipientStatuses.of("[{LED=450 4.4.316 [LastAttemptedIP=1.2.3.4:25 x};{MSG=}];450 4.4.1 b", 2))
                .containsExactly("[{LED=450 4.4.316 [LastAttemptedIP=1.2.3.4:25 x};{MSG=}]", "450 4.4.1 b");
        assertThat(RecipientStatuses.of("[{LED=450 4.4.1 i{2b0c-x}};{MSG=}];450 4.4.2 b", 2))
                .containsExactly("[{LED=450 4.4.1 i{2b0c-x}};{MSG=}]", "450 4.4.2 b");
    }

    /** As long as a row may be. */
    @Test
    void shouldReadBracketsThatMatchNothingInLinearTime() {
        String hostile = "450 4.4.1 " + "[".repeat(1 << 20) + "}".repeat(1 << 20) + ";250 2.1.5 b";

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(RecipientStatuses.of(hostile, 2)).hasSize(2));
    }

    @Test
    void shouldKnowSuccessAndExpiryFromTheStartOfTheText() {
        assertThat(ReplyText.isSuccess("[{LED=250 2.1.5 RESOLVER.GRP.Expanded}]"))
                .isTrue();
        assertThat(ReplyText.isSuccess("{[{LRT=};{LED=250 2.1.5 x}]}")).isTrue();
        assertThat(ReplyText.isSuccess("2.1.5 ok")).isTrue();
        assertThat(ReplyText.isSuccess("450 4.4.316 after 250 2.1.5")).isFalse();
        assertThat(ReplyText.isSuccess("250.example.org refused")).isFalse();
        assertThat(ReplyText.isExpiry("550 4.4.7 QUEUE.Expired")).isTrue();
        assertThat(ReplyText.isExpiry("550 5.4.315 Message expired")).isTrue();
        assertThat(ReplyText.isExpiry("5.4.300 Message expired -> 450 4.4.316 x"))
                .isTrue();
        assertThat(ReplyText.isExpiry("450 4.4.70 x")).isFalse();
        assertThat(ReplyText.isExpiry("550 5.1.1 said 5.4.300")).isFalse();
    }

    @Test
    void shouldTakeTheContextOnlyWhereTheStatusHasNoCode() {
        assertThat(ReplyText.choose("451 4.4.0 own", "550 5.1.1 row")).isEqualTo("451 4.4.0 own");
        assertThat(ReplyText.choose("[{LED=};{MSG=}]", "550 5.1.1 row")).isEqualTo("550 5.1.1 row");
        assertThat(ReplyText.choose("some exception", "an agent")).isEqualTo("some exception");
        assertThat(ReplyText.choose(null, "an agent")).isEqualTo("an agent");
    }
}
