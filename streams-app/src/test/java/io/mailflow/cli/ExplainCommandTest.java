package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ExplainCommandTest {

    private static final String REFUSED = "450 4.4.316 Connection refused [Message=Socket error code 10061] "
            + "[LastAttemptedServerName=mail.contoso.com] [LastAttemptedIP=203.0.113.7:25]";

    private final InputStream originalIn = System.in;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void restoreStandardInput() {
        System.setIn(originalIn);
    }

    @Test
    void jsonHasTheAgreedKeysFirstAndInOrder() throws IOException {
        assertThat(run("", "--json", REFUSED)).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "text",
                        "code",
                        "enhanced",
                        "chain",
                        "cause",
                        "destination",
                        "owner",
                        "entry",
                        "title",
                        "causes",
                        "steps",
                        "verify",
                        "explanation",
                        "takesEffect",
                        "giveUp",
                        "language",
                        "ranking",
                        "links",
                        "parameters");
        assertThat(json.get("text").asText()).isEqualTo(REFUSED);
        assertThat(json.get("code").asText()).isEqualTo("450 4.4.316");
        assertThat(json.get("enhanced").asText()).isEqualTo("4.4.316");
        assertThat(json.get("cause").asText()).isEqualTo("connection-refused");
        assertThat(json.get("owner").asText()).isEqualTo("our-admin");
        assertThat(json.get("destination").toString())
                .isEqualTo("{\"host\":\"mail.contoso.com\",\"ip\":\"203.0.113.7\",\"port\":25}");
        assertThat(json.get("steps").get(0).fieldNames())
                .toIterable()
                .containsExactly("text", "command", "id", "owner", "takesEffect");
    }

    @Test
    void whatTheTextDoesNotTellIsNull() throws IOException {
        assertThat(run("", "--json", "no reply at all")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("code").asText()).isEqualTo("none");
        assertThat(List.of("enhanced", "cause", "destination"))
                .allSatisfy(key -> assertThat(json.get(key).isNull()).isTrue());
        assertThat(json.get("chain")).isEmpty();
    }

    @Test
    void standardInputHasOneTextPerLine() throws IOException {
        assertThat(run("\ufeff421 Sérvice not available\r\n\r\n5.4.300 Message expired\n", "--json"))
                .isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2).allMatch(line -> line.chars().allMatch(character -> character < 128));
        assertThat(new ObjectMapper().readTree(lines.get(0)).get("text").asText())
                .isEqualTo("421 Sérvice not available");
        assertThat(new ObjectMapper().readTree(lines.get(1)).get("code").asText())
                .isEqualTo("5.4.300");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aDashReadsStandardInputToo() {
        assertThat(run("450 4.4.316 Connection refused\n", "--json", "421 Service not available", "-"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void thePageSaysWhatIsWrongWhoActsAndWhatToDo() {
        assertThat(run("", REFUSED)).isZero();
        assertThat(out.toString())
                .startsWith("Connection refused by mail.contoso.com (203.0.113.7) (450 4.4.316)")
                .contains(
                        "who acts      our administrator",
                        "Test-NetConnection -ComputerName mail.contoso.com -Port 25",
                        "verify  ");
    }

    @Test
    void aTextWithoutAReplyIsSaidToBeNone() {
        assertThat(run("", "Hello, my mail does not arrive")).isZero();
        assertThat(out.toString())
                .startsWith("No reply was recognised in this text.\nPaste the reply or last error itself, as it stands")
                .contains("code          the text has none", "1. Fetch the details of one message")
                .doesNotContain("none (", "(none)", "no new none", "> Hello");
    }

    @Test
    void aCauseWithoutACodeIsRecognised() {
        assertThat(run("", "Socket error code 10061")).isZero();
        assertThat(out.toString())
                .startsWith("Connection refused by the destination server\n")
                .contains("no new failures without a code")
                .doesNotContain("none (", "(none)", "No reply was recognised", "Nothing in the trace tells why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-TW", "zh-CN", "pl", "da", "ja"})
    void nobodyReadsThatTheCodeIsNone(String language) {
        assertThat(run("", "--lang", language, "Hello", "Socket error code 10061", "certificate has expired"))
                .isZero();
        assertThat(out.toString()).doesNotContainPattern("(?i)(?<!the text (has|tells|names) )\\bnone\\b");
    }

    @Test
    void eachLineOfStandardInputStandsBeforeItsAnswer() {
        assertThat(run("450 4.4.316 Connection\u001b[2J refused\n" + "550 5.1.1 " + "x".repeat(300) + "\n"))
                .isZero();
        List<String> echoes =
                out.toString().lines().filter(line -> line.startsWith("> ")).toList();
        assertThat(echoes.get(0)).isEqualTo("> 450 4.4.316 Connection\\u{1B}[2J refused");
        assertThat(echoes.get(1)).hasSize(100).startsWith("> 550 5.1.1 xxx").endsWith("x…");
        assertThat(echoes).hasSize(2);
        assertThat(out.toString().lines().toList().get(1)).startsWith("Connection refused by");
    }

    @Test
    void withoutATextItIsWrongUsage() {
        assertThat(run(" \n")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("no text to explain");
    }

    private int run(String standardInput, String... arguments) {
        System.setIn(new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)));
        return new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
