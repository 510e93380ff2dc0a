package io.mailflow.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepliesTest {

    @Test
    void shouldDropLastRetryTimeAndSession() {
        String text = "[{LED=450 4.4.316 Connection refused [Message=x] [SmtpSecurity=-2;-2]"
                + " [BL02EPF.outlook.example 2026-07-07T15:48:53.514Z 08DED27250BC5691](x)};{MSG=};{LRT=7/7/2026 3:48:53 PM}]";
        assertThat(Replies.withoutMoment(text))
                .isEqualTo("[{LED=450 4.4.316 Connection refused [Message=x] [SmtpSecurity=-2;-2]"
                        + " [BL02EPF.outlook.example ](x)};{MSG=};]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "450 4.4.316 Connection refused",
                "{LRT=",
                "Z ",
                "a Z 12",
                "x {LRT=1",
                "2026-07-07T15:48:53.514Z 08"
            })
    void shouldLeaveEverythingElse(String text) {
        assertThat(Replies.withoutMoment(text)).isEqualTo(text);
    }
}
