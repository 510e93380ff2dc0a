package io.mailflow.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.alerting.Episode;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import io.mailflow.serde.JsonSerde;
import io.mailflow.tracker.ConnectorKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ProvisionalEpisodesTest {

    private static final ConnectorKey CONNECTOR = new ConnectorKey("contoso", "To on-premises");
    private static final CodeKey KEY = new CodeKey(CONNECTOR, "450 4.4.316");
    private static final Instant EIGHT = Instant.parse("2026-01-05T08:00:00Z");

    private final KeyValueStore<CodeKey, Episode> store =
            TestStores.keyValue(CodeKey.SERDE, JsonSerde.of(Episode.class));

    @Test
    void whatWasFlushedOutlivesARestart() {
        ProvisionalEpisodes before = new ProvisionalEpisodes(store);
        before.put(KEY, episode("a"));
        before.flush();
        assertThat(restarted().all()).isEqualTo(Map.of(KEY, episode("a")));
        before.remove(KEY);
        before.flush();
        assertThat(restarted().all()).isEmpty();
    }

    @Test
    void whatWasNotFlushedIsTakenBack() {
        ProvisionalEpisodes episodes = new ProvisionalEpisodes(store);
        episodes.put(KEY, episode("a"));
        episodes.reload();
        episodes.flush();
        assertThat(restarted().all()).isEmpty();
    }

    @Test
    void theyLieOverThoseThatProgressHas() {
        ProvisionalEpisodes episodes = new ProvisionalEpisodes(store);
        episodes.put(KEY, episode("supposed"));
        episodes.put(new CodeKey(new ConnectorKey("contoso", "To on-premises 2"), "none"), episode("other"));
        TreeMap<String, Episode> confirmed = new TreeMap<>(Map.of(KEY.code(), episode("a"), "none", episode("b")));
        assertThat(episodes.over(CONNECTOR, confirmed))
                .isEqualTo(Map.of(KEY.code(), episode("supposed"), "none", episode("b")));
    }

    private ProvisionalEpisodes restarted() {
        ProvisionalEpisodes episodes = new ProvisionalEpisodes(store);
        episodes.reload();
        return episodes;
    }

    private static Episode episode(String id) {
        return new Episode(
                id,
                1,
                "contoso",
                "To on-premises",
                KEY.code(),
                Severity.WARNING,
                List.of(Reason.EXPIRY_RISK),
                EIGHT,
                EIGHT,
                EIGHT,
                0,
                null,
                Owner.OUR_ADMIN,
                new TreeMap<>(Map.of(Reason.EXPIRY_RISK, EIGHT)),
                false,
                null);
    }
}
