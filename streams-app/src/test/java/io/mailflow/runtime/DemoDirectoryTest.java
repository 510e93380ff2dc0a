package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDirectoryTest {

    private static final Instant HISTORY_END = Instant.parse("2026-01-05T08:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void shouldGoOnWhereTheLastDemoStopped() throws IOException {
        play();

        try (DemoDirectory again = DemoDirectory.open(dir, false)) {
            assertThat(again.historyEnd()).contains(HISTORY_END);
            assertThat(again.playedTo()).contains(HISTORY_END.plusSeconds(60));
            assertThat(dir.resolve("kafka/log")).exists();
        }
    }

    @Test
    void shouldDeleteOnlyWhatADemoMakesWhenItBeginsAnew() throws IOException {
        play();
        Files.createFile(dir.resolve("notes.txt"));

        try (DemoDirectory anew = DemoDirectory.open(dir, true)) {
            assertThat(anew.historyEnd()).isEmpty();
            assertThat(anew.playedTo()).isEmpty();
            assertThat(dir.resolve("kafka")).doesNotExist();
            assertThat(dir.resolve("notes.txt")).exists();
        }
    }

    @Test
    void shouldBeginAnewWhenTheHistoryWasNotPlayedThrough() throws IOException {
        Files.createDirectories(dir.resolve("kafka"));

        try (DemoDirectory anew = DemoDirectory.open(dir, false)) {
            assertThat(anew.path().resolve("kafka")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTouchNothingWhileAnotherDemoIsRunning(boolean fresh) throws IOException {
        // It plays its history still: nothing but its lock tells that it is there.
        try (DemoDirectory running = DemoDirectory.open(dir, false)) {
            Files.createDirectories(running.path().resolve("kafka"));

            assertThatThrownBy(() -> DemoDirectory.open(dir, fresh))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Another demo is running in " + dir
                            + ". Stop it with Ctrl-C in its terminal, or choose another folder with --data DIR and"
                            + " another port with --port 0.");
            assertThat(dir.resolve("kafka")).exists();
        }
    }

    @Test
    void shouldSayWhereTheOtherDemoPlaysAndForgetItOnceItHasEnded() throws IOException {
        DemoDirectory.checkFree(dir.resolve("none yet"));
        try (DemoDirectory running = DemoDirectory.open(dir, false)) {
            running.serving("http://localhost:8080/");

            assertThatThrownBy(() -> DemoDirectory.checkFree(dir))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("its page, with the mail it plays, is http://localhost:8080/.");
        }
        DemoDirectory.checkFree(dir);
        try (DemoDirectory next = DemoDirectory.open(dir, false)) {
            assertThatThrownBy(() -> DemoDirectory.checkFree(next.path()))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("http");
        }
    }

    private void play() throws IOException {
        try (DemoDirectory first = DemoDirectory.open(dir, false)) {
            Files.createDirectories(dir.resolve("kafka"));
            Files.createFile(dir.resolve("kafka/log"));
            first.historyPlayed(HISTORY_END);
            first.played(HISTORY_END.plusSeconds(60));
        }
    }
}
