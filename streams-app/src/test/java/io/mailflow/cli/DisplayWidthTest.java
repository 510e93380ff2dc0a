package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {

    @ParameterizedTest
    @CsvSource({"queue, 5", "佇列, 4", "コネクタ, 8", "łącznik, 7", "ﾊﾝ, 2", "e\u0301, 1", "'', 0"})
    void aWideCharacterTakesTwoColumns(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
        assertThat(DisplayWidth.padded(text, 10)).endsWith(" ".repeat(10 - columns));
        assertThat(DisplayWidth.aligned(text, 10)).startsWith(" ".repeat(10 - columns));
    }

    @Test
    void japaneseIsBrokenWithoutBlanksAndNeverBeforeAFullStop() {
        assertThat(DisplayWidth.lines("サーバーは証明書を提示しません。", 10))
                .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(12))
                .noneMatch(line -> line.startsWith("。"));
    }

    @Test
    void addressesAndHyphenatedWordsStayWhole() {
        assertThat(DisplayWidth.lines("read https://learn.example/a-long/address now", 10))
                .containsExactly("read", "https://learn.example/a-long/address", "now");
    }
}
