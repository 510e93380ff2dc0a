package io.mailflow.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FiniteRunIT {

    @TempDir
    Path directory;

    /** A stream that lets nothing out, though nothing of it is broken, would be waited for without an end. */
    @Test
    void shouldNotWaitForEverForWhatDoesNotComeOut() throws Exception {
        Path file = Files.writeString(directory.resolve("day.ndjson"), """
                {"timestamp":"2026-01-05T08:00:00Z","event":"defer","messageId":"1@contoso.example",\
                "recipient":"anna@fabrikam.example","connector":"To Fabrikam","reply":"450 4.4.316 Connection refused"}
                """);
        try (FiniteRun run = FiniteRun.start(directory.resolve("run"), MailflowConfig.DEFAULT, List.of());
                InputSpool input = Inputs.read(
                        List.of(file.toString()), ReadOptions.defaults().withTempDir(directory))) {
            assertThatThrownBy(() -> run.run(
                            input, Instant.parse("2026-01-05T09:00:00Z"), (done, all) -> {}, Duration.ofNanos(1)))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("Nothing has come out of the stream for");
        }
    }
}
