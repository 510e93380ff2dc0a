package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.runtime.DemoDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A taken port is told before anything else is started or written. */
class TakenPortTest {

    @TempDir
    private Path dir;

    @Test
    void shouldTellBeforeTheDemoStartsKafka() throws IOException {
        Path data = dir.resolve("demo");
        assertTaken("demo", "--data", data.toString());
        assertThat(data).doesNotExist();
    }

    /** The port is taken because the other demo has it: that one is running is what helps. */
    @Test
    void shouldTellOfARunningDemoBeforeItsPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DemoDirectory running = DemoDirectory.open(dir, false)) {
            String port = Integer.toString(taken.getLocalPort());
            running.serving("http://localhost:" + port + "/");

            CommandRun run = CommandRun.of("demo", "--data", dir.toString(), "--port", port);

            assertThat(run.code()).isEqualTo(Mailflow.FAILED);
            assertThat(run.out()).isEmpty();
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("Another demo is running in " + dir)
                    .contains("http://localhost:" + port + "/");
        }
    }

    @Test
    void shouldTellBeforeTheStreamAsksForBrokers() throws IOException {
        assertTaken("run", "--bootstrap-servers", "kafka.invalid:9092");
    }

    private static void assertTaken(String... words) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> all = new ArrayList<>(List.of(words));
            all.addAll(List.of("--port", Integer.toString(taken.getLocalPort())));
            CommandRun run = CommandRun.of(all);
            assertThat(run.code()).isEqualTo(Mailflow.FAILED);
            assertThat(run.out()).isEmpty();
            assertThat(run.errLines())
                    .containsExactly("Port " + taken.getLocalPort()
                            + " of 127.0.0.1 is taken; choose another with --port N or web.port, 0 for any free one");
        }
    }
}
