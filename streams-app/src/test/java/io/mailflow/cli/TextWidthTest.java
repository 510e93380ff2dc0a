package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWidthTest {

    @ParameterizedTest
    @CsvSource({
        // What the environment says, the terminal's width, the width of text.
        ", 100, 100",
        ", 60, 80",
        ", 80, 80",
        ", 132, 132",
        ", 240, 160",
        "140, 100, 140",
        "40, 100, 80",
        "1000, 100, 160",
        "0, 100, 100",
        "wide, 100, 100",
        "999999999999, 100, 100"
    })
    void shouldFollowTheTerminalWithinWhatCanBeRead(String columns, int terminal, int expected) {
        assertThat(TextWidth.of(columns, terminal)).isEqualTo(expected);
    }

    @Test
    void shouldTakeHundredColumnsWhereThereIsNoTerminal() {
        assertThat(Mailflow.commandLine().getUsageHelpWidth()).isEqualTo(100);
    }
}
