package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    private static final String HOSTILE = "x' ; \u2019$(reboot) `id` \"| & \n\u202e<a> \\";

    static Stream<Command> commands() {
        StructureFile all = Catalogue.shipped().structure().all();
        return Stream.concat(
                        all.steps().values().stream(),
                        all.entries().values().stream().map(entry -> Objects.requireNonNull(entry.firstStep())))
                .flatMap(CommandTest::commands);
    }

    private static Stream<Command> commands(Step step) {
        Stream<Command> powershell = Stream.of(step.powershell(), step.exchangeOnline(), step.exchangeServer())
                .filter(Objects::nonNull)
                .map(line -> new Command(line, Command.Shell.POWERSHELL));
        return Stream.concat(
                powershell, Stream.ofNullable(step.sh()).map(line -> new Command(line, Command.Shell.POSIX)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandParsesWhateverFillsIt(Command command) {
        for (String value : List.of("mail.contoso.com", "<destination server>", HOSTILE, "-x", "'", "")) {
            Map<String, String> values = new HashMap<>();
            command.placeholders().forEach(name -> values.put(name, value));
            String filled = command.fill(values);
            assertThat(filled).doesNotContainPattern("\\{[a-zA-Z]+}");
            assertThatCode(() -> parse(new Command(filled, command.shell()))).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain.example", "two words", "O'Brien", "a\u2019b", "$(reboot)", "`id`", "\"", "-Force", ""})
    void aValueIsOneWordThatTheShellTakesLiterally(String value) throws IOException, InterruptedException {
        String posix = new Command("printf %s {connector}", Command.Shell.POSIX).fill(Map.of("connector", value));
        assertThat(run("sh", "-c", posix)).isEqualTo(value);
        String powershell =
                new Command("Get-X -Identity {connector}", Command.Shell.POWERSHELL).fill(Map.of("connector", value));
        if (!powershell.endsWith(" " + value)) {
            assertThat(PowerShellTokens.literals(powershell)).containsExactly(value);
        }
    }

    @Test
    void controlCharactersAreRemoved() {
        assertThat(new Command("x {connector}", Command.Shell.POSIX).fill(Map.of("connector", "a\n\u001b[2Jb\u202e")))
                .isEqualTo("x 'a[2Jb'");
    }

    @Test
    void theReadingOfPowerShellIsStrict() {
        for (String broken : List.of("Get-X 'a", "Get-X <a>", "Get-X (", "Get-X \"$(a\"", "Get-X )", "Get-X {]")) {
            assertThatCode(() -> PowerShellTokens.literals(broken)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void parse(Command command) throws IOException, InterruptedException {
        if (command.shell() == Command.Shell.POSIX) {
            assertThat(run("sh", "-n", "-c", command.line())).isEmpty();
        } else {
            PowerShellTokens.literals(command.line());
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
