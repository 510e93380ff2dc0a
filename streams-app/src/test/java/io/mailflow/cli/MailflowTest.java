package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

class MailflowTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--version", "topics --help", "ingest --help", "connectors load --help"})
    void shouldAnswerOnStandardOutputWhenAskedForHelpOrVersion(String arguments) {
        assertThat(run(arguments.split(" "))).isZero();
        assertThat(out.toString()).isNotBlank();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze --help", "demo --help", "alerts render --help"})
    void shouldExplainThePublicationsWhereAlertsArePrinted(String arguments) {
        assertThat(run(arguments.split(" "))).isZero();
        assertThat(out.toString())
                .contains("Why an alert is published:", "became current", "disproved", "Provisional is what");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics",
                "connectors",
                "connectors load",
                "ingest",
                "nonsense",
                "--nonsense",
                "topics nonsense",
                "topics create --config",
                "topics create x"
            })
    void shouldEndWithTwoAndSayWhereHelpIsWhenUsageIsWrong(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Try 'mailflow ").contains(" --help'.");
    }

    @Test
    void shouldShowTheCommandsWhenNoneIsGiven() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Missing command").contains("topics");
    }

    @Test
    void shouldEndWithOneAndOneSentenceWhenTheConfigurationIsBad(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("bad.yaml"), "kafka:\n  thread: 2\n");

        assertThat(run("topics", "create", "--config", file.toString())).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(file
                        + ", line 2: unknown key kafka.thread (its value is \"2\"); expected kafka.threads, perhaps?");
    }

    @Test
    void shouldShowTheStackTraceOnlyWhenDebugging() {
        run("topics", "create", "--config", "missing.yaml", "--debug");

        assertThat(err.toString())
                .startsWith("There is no configuration file missing.yaml")
                .contains("\tat io.mailflow.config.ConfigLoader.load");
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() {
        assertThat(run(new Failing(new NoSuchFileException("trace.csv")))).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("There is no file trace.csv");
    }

    @Test
    void shouldAdmitItsOwnMistakes() {
        assertThat(run(new Failing(new IllegalStateException("index")))).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("Unexpected error, a mistake in this program (--debug shows where):"
                        + " java.lang.IllegalStateException: index");
    }

    private int run(String... arguments) {
        return execute(Mailflow.commandLine(), arguments);
    }

    private int run(Failing command) {
        return execute(Mailflow.commandLine().addSubcommand(command), "failing");
    }

    private int execute(CommandLine commandLine, String... arguments) {
        return commandLine
                .setColorScheme(new ColorScheme.Builder(Ansi.OFF).build())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Command(name = "failing")
    private static final class Failing implements Runnable {

        private final Exception failure;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public void run() {
            throw failure instanceof IOException io ? new java.io.UncheckedIOException(io) : (RuntimeException) failure;
        }
    }
}
