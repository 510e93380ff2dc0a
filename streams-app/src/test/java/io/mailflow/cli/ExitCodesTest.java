package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One meaning of each exit code over all commands: what is wrong with a path is never wrong usage. */
class ExitCodesTest {

    @TempDir
    private Path dir;

    private String log = "";

    @BeforeEach
    void make() throws IOException {
        log = Path.of("..", "docs", "samples", "MSGTRK-contoso.log").toString();
        Files.createDirectory(dir.resolve("folder"));
        Files.writeString(dir.resolve("letter.txt"), "Dear all,\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze DIR/absent.log",
                "analyze DIR/letter.txt",
                "analyze --connectors DIR/absent.yaml LOG",
                "analyze --connectors DIR/folder LOG",
                "analyze --config DIR/absent.yaml LOG",
                "analyze --report DIR/absent/report.html LOG",
                "analyze --report DIR/folder LOG",
                "analyze --report DIR/letter.txt LOG",
                "analyze --messages DIR/absent/messages.csv LOG",
                "analyze --messages DIR/letter.txt LOG",
                "alerts render DIR/absent.json",
                "alerts render DIR/folder",
                "alerts render DIR/letter.txt",
                "catalogue check --folder DIR/absent",
                "catalogue coverage DIR/absent.log",
                "catalogue coverage DIR/letter.txt",
                "connectors load DIR/absent.yaml",
                "connectors load DIR/folder",
                "connectors load DIR/letter.txt",
                "topics check --config DIR/absent.yaml",
                "run --config DIR/folder",
                "simulate DIR/absent/big.log",
                "simulate DIR/letter.txt",
                "demo --data DIR/letter.txt/demo",
                "export --from 2026-01-05T00:00:00Z --to 2026-01-06T00:00:00Z --output DIR/letter.txt",
                "export --from 2026-01-05T00:00:00Z --to 2026-01-06T00:00:00Z --output DIR/absent/rates.csv"
            })
    void shouldBeOneWherePathsAreWrong(String words) throws IOException {
        String letter = Files.readString(dir.resolve("letter.txt"));

        CommandRun run = CommandRun.of(
                List.of(words.replace("DIR", dir.toString()).replace("LOG", log).split(" ")));

        assertThat(run.code()).as(run.err()).isEqualTo(Mailflow.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .as("one sentence that names the path")
                .singleElement()
                .asString()
                .contains(dir.toString());
        assertThat(dir.resolve("letter.txt")).as("overwritten").hasContent(letter);
    }

    /** The rest is told all the same; below it stands what it lacks. */
    @Test
    void shouldBeOneWhereSomethingNamedIsNoTrace() {
        String letter = dir.resolve("letter.txt").toString();

        CommandRun run = CommandRun.of("catalogue", "coverage", log, letter);

        assertThat(run.code()).isEqualTo(Mailflow.FAILED);
        assertThat(run.out()).contains("65 failures with a reply");
        assertThat(run.errLines())
                .containsExactly(
                        "left out: " + letter + " is not a message trace, in none of the known formats.",
                        "Left out, for the reasons above: " + letter + ". Nothing from there is counted; name message"
                                + " traces only, in a format that 'mailflow analyze --help' lists.");
    }

    @Test
    void shouldBeZeroWhereAFolderHoldsMoreThanTraces() throws IOException {
        Files.copy(Path.of(log), dir.resolve("MSGTRK-contoso.log"));

        CommandRun run = CommandRun.of("catalogue", "coverage", dir.toString());

        assertThat(run.code()).isZero();
        assertThat(run.errLines()).singleElement().asString().startsWith("left out: ");
    }

    @Test
    void shouldBeListedByHelpAndReadme() throws IOException {
        String help = CommandRun.of("--help").out();
        String readme = Files.readString(Path.of("..", "README.md"));
        for (String code : List.of("0", "1", "2", "130")) {
            assertThat(help).containsPattern("(?m)^ +" + code + " +[A-Z]");
            assertThat(readme).containsPattern("(?m)^\\| " + code + " \\|");
        }
    }
}
