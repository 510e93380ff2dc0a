package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a command line is said in one sentence, not in the words of Java. */
class WrongUsageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "dead-letters list --limit abc > --limit is 'abc'; expected a whole number.",
                "run --port 8o80 > --port is '8o80'; expected a whole number.",
                "simulate x --rows many > --rows is 'many'; expected a whole number.",
                "analyze --lifetime fortnight x > --lifetime is 'fortnight'; expected a duration such as 90m, 48h, 2d or PT48H.",
                "analyze --as-of monday x > --as-of is 'monday'; expected a time in UTC such as 2026-01-05T12:00:00Z.",
                "demo --alertmanager ::x > --alertmanager is '::x'; expected an address such as http://127.0.0.1:9093.",
                "export --by week > --by is 'week'; expected one of hour, day.",
                "analyze --json=3 x > --json is '3'; expected no value, only the option.",
                "analyze --as-of > --as-of needs a value: --as-of INSTANT.",
                "analyze --as-of --json x > --as-of needs a value: --as-of INSTANT.",
                "analyze --tenant a --tenant b x > --tenant is given more than once; give it once.",
                "export > mailflow export needs --from INSTANT. mailflow export needs --to INSTANT.",
                "dead-letters show > mailflow dead-letters show needs ID: The letter, such as mailflow.dead-letters-0-17.",
                "analyze > mailflow analyze needs FILE|DIR|GLOB|-: Trace files, folders of them, globs, or - for standard input.",
                "topics create x > mailflow topics create takes no 'x' here.",
                "nonsense > mailflow has no command 'nonsense'.",
                "analyze --jso x > mailflow analyze has no option '--jso'.",
                "topics create --partitions 0 > --partitions is '0'; expected a number from 1 to 1000.",
                "analyze --as-of 2999-01-01T00:00:00Z x > --as-of is '2999-01-01T00:00:00Z'; expected a time that has come.",
                "dead-letters show 17 > '17' is not the id of a letter; expected one such as mailflow.dead-letters-0-17."
            })
    void shouldSayWhatWasWrittenAndWhatIsExpected(String words, String sentence) {
        CommandRun run = CommandRun.of(List.of(words.split(" ")));

        assertThat(run.code()).isEqualTo(Mailflow.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines().get(0)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "analyz x > Did you mean analyze?",
                "analyze --jso x > Did you mean --json?",
                "dead list > Did you mean dead-letters?",
                "catalogue lst > Did you mean list?",
                "exprot > Did you mean export?"
            })
    void shouldSayWhatMayHaveBeenMeant(String words, String sentence) {
        assertThat(CommandRun.of(List.of(words.split(" "))).errLines().get(1)).isEqualTo(sentence);
    }

    /** Hidden commands are nobody's guess, either. */
    @ParameterizedTest
    @ValueSource(strings = {"nope", "alerts nope", "analyze --zzz x", "simulat"})
    void shouldGuessNothingWhereNothingIsNear(String words) {
        assertThat(CommandRun.of(List.of(words.split(" "))).err()).doesNotContain("Did you mean");
    }
}
