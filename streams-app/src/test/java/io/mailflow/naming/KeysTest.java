package io.mailflow.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    @Test
    void shouldWriteASlashInsideAPartAsAnEscape() {
        assertThat(Keys.connector("contoso/emea", "To 100% on-premises"))
                .isEqualTo("contoso%2Femea/To 100%25 on-premises");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a/b", "100%", "%2F", "%252F", "/", "", "%/%"})
    void shouldGiveBackWhatItJoined(String part) {
        assertThat(Keys.split(Keys.join("contoso", part, "x"))).isEqualTo(List.of("contoso", part, "x"));
    }

    @Test
    void shouldNameAMessageByTheStrongestIdItHas() {
        assertThat(Keys.message(event("guid", "id@contoso.example", "EX01", "17")))
                .contains("guid");
        assertThat(Keys.message(event(null, "id@contoso.example", "EX01", "17")))
                .contains("id@contoso.example");
        assertThat(Keys.message(event(null, null, "EX01", "17"))).contains("EX01/17");
    }

    /** Every server counts its own messages from one. */
    @Test
    void shouldNotNameAMessageByAnInternalIdAlone() {
        assertThat(Keys.message(event(null, null, null, "17"))).isEmpty();
        assertThat(Keys.message(event(null, null, "EX01", null))).isEmpty();
    }

    private static MessageTraceEvent event(
            @Nullable String network, @Nullable String message, @Nullable String server, @Nullable String internal) {
        return new MessageTraceEvent(
                "contoso",
                Instant.parse("2026-01-05T08:00:00Z"),
                EventClass.SEND,
                null,
                null,
                network,
                message,
                server,
                internal,
                "ann@contoso.example",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
