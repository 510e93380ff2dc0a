package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.schema.MessageTraceEvent;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingsTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void shouldReadEveryEncodingWithAndWithoutMark(String charset) throws IOException {
        String text = Samples.text("tracking-2013.log");
        for (String mark : List.of("", "\uFEFF")) {
            Path file = Files.write(dir.resolve("x"), (mark + text).getBytes(Charset.forName(charset)));
            assertThat(Samples.read(file).event(0).connector()).isEqualTo("Внутренний соединитель отправки");
        }
    }

    @Test
    void shouldReadWindowsCodePages() throws IOException {
        String russian = Samples.text("tracking-2013.log");
        Path cyrillic = Files.write(dir.resolve("ru.log"), russian.getBytes(Charset.forName("windows-1251")));
        Path western = Files.write(
                dir.resolve("de.log"),
                russian.replace("Внутренний соединитель отправки", "Ausgang über Köln nach Zürich")
                        .getBytes(Charset.forName("windows-1252")));

        assertThat(Samples.read(cyrillic).event(0).connector()).isEqualTo("Внутренний соединитель отправки");
        assertThat(Samples.read(western).event(0).connector()).isEqualTo("Ausgang über Köln nach Zürich");
    }

    /** Subjects of the longest kind, so that most of the text has no NUL in it. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void shouldKnowUtf16WithoutMarkWhateverLanguageItIsIn(String charset) throws IOException {
        String header = "origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id\n";
        String row = "2026-01-05T11:00:00Z,a@x.example,b@x.example##Receive, Defer,%s,m%d\n"
                .replace("b@x.example##Receive, Defer", "\"b@x.example##Receive, Defer\"");
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < 100; i++) {
            text.append(row.formatted("关于发票的重要通知和更多信息".repeat(15), i));
        }
        Path file = Files.write(dir.resolve("cjk.csv"), text.toString().getBytes(Charset.forName(charset)));

        assertThat(Samples.read(file).events()).hasSize(100);
    }

    @Test
    void shouldReadALineOfAnotherEncodingAmongOthers() throws IOException {
        String row = "{\"timestamp\":\"2026-01-05T08:00:0%d.000Z\",\"event\":\"defer\",\"messageId\":\"m\","
                + "\"recipient\":\"a@x.example\",\"connector\":\"%s\"}\n";
        Path file = dir.resolve("mixed.ndjson");
        Files.write(file, row.formatted(0, "Zürich").getBytes(StandardCharsets.UTF_8));
        Files.write(
                file, row.formatted(1, "Köln").getBytes(Charset.forName("windows-1252")), StandardOpenOption.APPEND);
        Files.write(file, row.formatted(2, "Málaga").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);

        assertThat(Samples.read(file).events())
                .extracting(MessageTraceEvent::connector)
                .containsExactly("Zürich", "Köln", "Málaga");
    }
}
