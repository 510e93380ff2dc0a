package io.mailflow.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mailflow.reply.LedExamples.Example;
import io.mailflow.schema.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

    static List<Example> examples() {
        return LedExamples.all();
    }

    @Test
    void thereAreAllExamples() {
        assertThat(LedExamples.all()).hasSize(46);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsWhatAPersonReads(Example example) {
        Reply reply = ReplyParser.parse(example.text());
        assertThat(reply.text()).isEqualTo(example.text());
        assertThat(reply.code()).isEqualTo(example.code());
        assertThat(reply.enhanced())
                .hasValue(example.code().substring(example.code().lastIndexOf(' ') + 1));
        assertThat(reply.cause()).isEqualTo(Optional.ofNullable(example.cause()));
        assertThat(reply.chain()).hasSize(example.chainLength());
        assertThat(reply.chain().get(0)).startsWith(example.code());
        assertThat(reply.chain().get(reply.chain().size() - 1)).isEqualTo(example.innermost());
        assertThat(reply.destination()).isEqualTo(Optional.ofNullable(example.destination()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void cutAnywhereBehindTheCodeItStillReadsTheCode(Example example) {
        String text = example.text();
        String enhanced = example.code().substring(example.code().lastIndexOf(' ') + 1);
        int codeEnd = text.indexOf(enhanced) + enhanced.length();
        for (int length = 0; length < text.length(); length++) {
            Reply reply = ReplyParser.parse(text.substring(0, length));
            if (length >= codeEnd) {
                assertThat(reply.code()).as("cut after %d characters", length).isEqualTo(example.code());
            }
            assertThat(reply.destination().map(Destination::ip))
                    .as("address in the text cut after %d characters", length)
                    .isIn(
                            Optional.empty(),
                            Optional.ofNullable(example.destination()).map(Destination::ip));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            421 Service not available, closing transmission channel           | 421
            421                                                               | 421
            554-mx.contoso.com ESMTP 554 5.7.1 Refused                        | 554 5.7.1
            451 4-4.395 Target host responded with error.                     | 451 4.4.395
            450-4.4.316 Connection refused                                    | 450 4.4.316
            550 #5.1.0 Address rejected                                       | 550 5.1.0
            #< #5.1.1 smtp;550 5.1.1 User unknown>                            | 550 5.1.1
            5.4.300 Message expired -> 450 4.4.316 Connection refused         | 5.4.300
            Defer: Reason: [{LED=450 4.4.316 Connection refused               | 450 4.4.316
            {[{LRT=15/07/2025 09:21:04};{LED=4.7.321 starttls-not-supported   | 4.7.321
            Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound | 550 5.1.10
            13.248.132.87:25 does not answer                                  | none
            4.4.8.8 does not answer                                           | none
            450 4.4.8.8                                                       | 450
            Exchange 15.2.1118.7 at 2026-01-05T08:00:00Z                      | none
            [LastAttemptedIP=213.250.5.1:25]                                  | none
            08DDE19030BB9C29 17.43559:0000000052010000                        | none
            SocketConnectionRefused: Socket error code 10061                  | none
            354 3.0.0 go ahead                                                | none
            """)
    void takesTheFirstReplyForTheCode(String text, String code) {
        assertThat(ReplyParser.parse(text).code()).isEqualTo(code);
    }

    @Test
    void theChainListsWrappedRepliesOutermostFirst() {
        assertThat(ReplyParser.parse("550 5.4.300 Message expired -> 451 4.4.397 Error communicating with target host. "
                                + "-> 421 4.4.2 Connection dropped due to ConnectionReset")
                        .chain())
                .containsExactly(
                        "550 5.4.300 Message expired",
                        "451 4.4.397 Error communicating with target host.",
                        "421 4.4.2 Connection dropped due to ConnectionReset");
    }

    @Test
    void aReplyQuotedTwiceIsOneLink() {
        assertThat(ReplyParser.parse(
                                "450 4.4.317 Cannot connect to remote server [Message=421 4.3.2 Service not available] "
                                        + "[LastAttemptedServerName=mail.contoso.com](421 4.3.2 Service not available)")
                        .chain())
                .containsExactly("450 4.4.317 Cannot connect to remote server", "421 4.3.2 Service not available");
    }

    @Test
    void theLinesOfOneReplyAreOneLink() {
        assertThat(ReplyParser.parse("550-5.1.1 No such mailbox. 550-5.1.1 See the postmaster. 550 5.1.1 Bye")
                        .chain())
                .containsExactly("550 5.1.1 No such mailbox. 550-5.1.1 See the postmaster. 550 5.1.1 Bye");
    }

    @Test
    void repliesInQuotesAreLinks() {
        assertThat(ReplyParser.parse(
                                "450 4.4.101 Proxy session setup failed on Frontend with '451 4.4.0 Primary target IP "
                                        + "address responded with: \"421 4.2.1 Unable to connect.\" Attempted failover.'")
                        .chain())
                .containsExactly(
                        "450 4.4.101 Proxy session setup failed on Frontend with",
                        "451 4.4.0 Primary target IP address responded with",
                        "421 4.2.1 Unable to connect.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            450 4.4.317 Cannot connect to remote server [Message=CertificateExpired] [LastAttempted  | certificate-expired
            450 4.4.317 Cannot connect to remote server [Message=CertificateExpired                  | certificate-expired
            550 5.4.300 Message expired -> 450 4.4.316 Connection refused                            | connection-refused
            550 5.4.300 Message expired -> 450 4.4.315 No answer -> SocketError: ConnectionReset     | connection-reset
            450 4.4.312 DNS query failed [Message=InfoNoRecords] [LastAttemptedServerName=mx]        | dns-no-records
            450 4.4.312 DNS query failed [Message=InfoDomainNonexistent]                             | dns-name-not-found
            450 4.4.312 DNS query failed                                                             | dns-query-failed
            450 4.4.315                                                                              | connection-timed-out
            450 4.4.316                                                                              | connection-refused
            450 4.4.318                                                                              | connection-closed
            450 4.7.320                                                                              | certificate-invalid
            550 5.4.318 Message expired                                                              | connection-closed
            451 4.4.395 Target host responded with error. -> 421 4.3.2 Service not available         | service-unavailable
            451 4.4.397 Error -> 421 4.2.1 Unable to connect -> SocketNetworkUnreachable: code 10051 | network-unreachable
            454 4.7.0 TLS negotiation failed with error ConnectionAborted                            | tls-negotiation-failed
            421 4.4.2 Connection dropped due to ConnectionReset                                      | connection-reset
            451 4.7.1 Greylisted, please try again later                                             | greylisted
            452 4.3.1 Insufficient system resources                                                  | insufficient-resources
            550 5.4.14 Hop count exceeded - possible mail loop                                       | mail-loop
            4.4.8 MX hosts of contoso.com failed MTA-STS validation                                  | mta-sts-failed
            SocketConnectionRefused: Socket error code 10061                                         | connection-refused
            """)
    void theInnermostTellingPartNamesTheCause(String text, String cause) {
        assertThat(ReplyParser.parse(text).cause()).hasValue(cause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "450 4.4.317 Cannot connect to remote server",
                "550 4.4.7 QUEUE.Expired; message expired",
                "250 2.1.5 Connection refused is what this text does not mean",
                "450 4.4.317 Cannot connect [LastAttemptedServerName=greylist.spamhaus.example]",
                "450 4.4.317 Cannot connect [LastAttemptedIP=192.0.2.1:10061]"
            })
    void aTextThatTellsNoCauseHasNone(String text) {
        assertThat(ReplyParser.parse(text).cause()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            x [LastAttemptedServerName=mail.contoso.com] [LastAttemptedIP=192.0.2.1:26] | mail.contoso.com | 192.0.2.1    | 26
            x [LastAttemptedIP=[2001:db8::25]:25]                                     | -                | 2001:db8::25 | 25
            {LED=450 4.4.316 x};{FQDN=mail.contoso.com.};{IP=2001:db8::25};           | mail.contoso.com | 2001:db8::25 | -
            x {IP=1:2:3:4:5:6:7:8};                                                   | -                | 1:2:3:4:5:6:7:8 | -
            The last endpoint attempted was 192.0.2.1:2525                            | -                | 192.0.2.1    | 2525
            . OutboundProxyTargetIP: 192.0.2.1. OutboundProxyTargetHostName: mx.contoso.com | mx.contoso.com | 192.0.2.1 | -
            x [LastAttemptedServerName=192.0.2.1] y                                   | -                | 192.0.2.1    | -
            x [LastAttemptedIP=72.x.x.x:25]                                           | -                | -            | 25
            """)
    void readsTheDestination(String text, String host, String ip, Integer port) {
        assertThat(ReplyParser.parse(text).destination()).hasValue(new Destination(host, ip, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "450 4.4.316 Connection refused",
                "{FQDN=};{IP=x.x.x.x};{LRT=}]",
                "{FQDN=*.contoso.com};{IP=300.1.1.1}",
                "[LastAttemptedServerName=mail;reboot] [LastAttemptedIP=1::2::3]",
                "[LastAttemptedServerName=$(reboot)] [LastAttemptedIP=]",
                "[LastAttemptedServerName=-oProxyCommand] [LastAttemptedIP=1:2:3]",
                "The last endpoint attempted was <endpoint>",
                "[LastAttemptedIP=13.248.132.8",
                "[LastAttemptedServerName=mail.con"
            })
    void whatIsMaskedCutOrNoNameIsNoDestination(String text) {
        assertThat(ReplyParser.parse(text).destination().map(Destination::host))
                .isIn(Optional.empty(), Optional.of("mail"));
        assertThat(ReplyParser.parse(text).destination().map(Destination::ip)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.7", "5.4.300", "5.4.312", "5.4.315", "5.4.316", "5.4.317", "5.4.318"})
    void expiryIsReadFromTheFirstReply(String enhanced) {
        assertThat(ReplyParser.parse("550 " + enhanced + " Message expired").isExpiry())
                .isTrue();
        assertThat(ReplyParser.parse(enhanced + " Message expired").isExpiry()).isTrue();
        assertThat(ReplyParser.parse("451 4.4.397 Error -> 550 " + enhanced + " Message expired")
                        .isExpiry())
                .isFalse();
    }

    @Test
    void deferralsAreNoExpiry() {
        assertThat(ReplyParser.parse("450 4.4.316 Connection refused").isExpiry())
                .isFalse();
        assertThat(ReplyParser.parse("").isExpiry()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "250 2.1.5 Recipient OK, POSITIVE",
        "450 4.4.316 Connection refused, TRANSIENT",
        "550 4.4.7 QUEUE.Expired, PERMANENT",
        "5.4.300 Message expired, PERMANENT",
        "4.7.321 starttls-not-supported, TRANSIENT",
        "421, TRANSIENT",
        "no reply, NONE"
    })
    void theReplyCodeDecidesTheClass(String text, ReplyClass replyClass) {
        assertThat(ReplyParser.parse(text).replyClass()).isEqualTo(replyClass);
        assertThat(ReplyParser.parse(text).isPositive()).isEqualTo(replyClass == ReplyClass.POSITIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "(",
                "a(",
                "a()",
                "->",
                "\"",
                "'",
                "{MSG=",
                "{MSG=x}",
                "[Message=",
                "[Message=x]",
                "{IP=::",
                "FQDN=a.",
                "450 4.4.316 ",
                "-> 450 4.4.316 ",
                "\"451 ",
                "host blocked ",
                "#[{(<\"';",
                "LRT=",
                "4.4.",
                "\ud83d\ude00",
                "\u0000",
                "\ud83d"
            })
    void aMillionHostileCharactersAreReadInLinearTime(String piece) {
        String tail = piece.repeat(1_000_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            ReplyParser.parse(tail);
            assertThat(ReplyParser.parse("450 4.4.317 Cannot connect " + tail).code())
                    .isEqualTo("450 4.4.317");
        });
    }

    @Test
    void onlyTheBeginningOfATextIsRead() {
        String padding = "x".repeat(ReplyParser.LIMIT);
        Reply reply = ReplyParser.parse(padding + " 450 4.4.316 Connection refused");
        assertThat(reply.code()).isEqualTo(Reply.NONE);
        assertThat(reply.text()).hasSizeGreaterThan(ReplyParser.LIMIT);
    }
}
