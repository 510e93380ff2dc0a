package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadModelFeedTest {

    @TempDir
    Path folder;

    /** The clients' settings name no brokers, which no waiting mends. */
    @Test
    void shouldTryAgainWhenItIsToRebuildWhatHasFailed() {
        try (ReadModel model = ReadModel.open(folder);
                ReadModelFeed feed = ReadModelFeed.start(model, Map.of())) {
            Awaitility.await().until(() -> feed.state() == ReadState.FAILED);

            feed.rebuild();

            Awaitility.await("not restoring for ever").until(() -> feed.state() == ReadState.FAILED);
            assertThat(feed.reason()).contains("bootstrap");
        }
    }
}
