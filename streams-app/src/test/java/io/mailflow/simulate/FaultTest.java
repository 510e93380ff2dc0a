package io.mailflow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.Platform;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    private static final Site SITE = new Site("litware.example", "mail.litware.example", "198.51.100.24", 1);
    private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");

    @ParameterizedTest
    @EnumSource
    void composesTheDocumentedLayout(Fault fault) {
        assertThat(fault.container(SITE, "DB5PEPF00014B8C.eurprd02.prod.cloud.example", AT, -3))
                .matches(LastErrorGrammar::whole)
                .startsWith("[{LED=" + fault.code() + " ");
    }

    @ParameterizedTest
    @EnumSource
    void composesAnExpiryOfEitherPlatform(Fault fault) {
        assertThat(fault.expiry(Platform.EXCHANGE_ONLINE))
                .matches(LastErrorGrammar::whole)
                .contains("550 5.4.3")
                .contains("Message expired");
        assertThat(fault.expiry(Platform.EXCHANGE_SERVER)).contains("550 4.4.7 QUEUE.Expired;message expired");
    }

    @Test
    void spellsTheWholeTextOfARefusedConnection() {
        assertThat(Fault.REFUSED.container(SITE, "AM4PEPF00025F97.eurprd83.prod.cloud.example", AT, 0x64E1F0L))
                .isEqualTo("[{LED=450 4.4.316 Connection refused [Message=Socket error code 10061]"
                        + " [LastAttemptedServerName=mail.litware.example] [LastAttemptedIP=198.51.100.24:25]"
                        + " [SmtpSecurity=-2;-2] [AM4PEPF00025F97.eurprd83.prod.cloud.example"
                        + " 2026-01-05T08:00:00.000Z 08DE00000064E1F0](Socket error code 10061)};{MSG=};"
                        + "{FQDN=mail.litware.example};{IP=198.51.100.24};{LRT=1/5/2026 8:00:00 AM}]");
        assertThat(Fault.REFUSED.expiry(Platform.EXCHANGE_ONLINE))
                .contains("550 5.4.316 Message expired, connection refused(Socket error code 10061)");
    }

    @Test
    void knowsTheSixCodesAndOthers() {
        assertThat(Arrays.stream(Fault.values()).map(Fault::code))
                .contains("450 4.4.312", "450 4.4.315", "450 4.4.316", "450 4.4.317", "450 4.4.318", "450 4.7.320")
                .contains("451 4.4.397", "451 4.4.395", "451 4.4.0", "451 4.7.1");
    }
}
