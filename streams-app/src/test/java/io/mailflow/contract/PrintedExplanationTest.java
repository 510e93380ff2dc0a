package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.catalogue.Explanation;
import io.mailflow.cli.Mailflow;
import io.mailflow.schema.Alert;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code explain --json} prints is what its schema promises, and its samples are such prints. */
class PrintedExplanationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "450 4.4.316 Connection refused [Message=Socket error code 10061] "
                        + "[LastAttemptedServerName=mx1.contoso.example] [LastAttemptedIP=203.0.113.25:25]",
                "5.4.300 Message expired -> 451 4.4.395 Target host responded with error -> 421 4.7.66 TLS 1.0 and 1.1 "
                        + "are not supported",
                "451 4-4.395 Target host responded with error",
                "450 4.4.317 Cannot connect to remote server [Message=CertificateExpired]",
                "550 5.1.1 User unknown",
                "421",
                "250 2.0.0 OK",
                "no reply at all",
                "ein Text mit Ümläuten und \u0000 Steuerzeichen"
            })
    void shouldPrintAnExplanationAsItsSchemaSays(String text) throws IOException {
        JsonNode explanation = explain(text);

        assertThat(Schemas.errors("explanation.schema.json", explanation)).isEmpty();
        assertThat(explanation.get("text").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"explanation.small.json", "explanation.full.json"})
    void shouldReadASampleAndWriteItBackTheSame(String file) throws IOException {
        JsonNode sample;
        try (InputStream stream = Alert.class.getResourceAsStream("samples/" + file)) {
            sample = Json.MAPPER.readTree(Objects.requireNonNull(stream));
        }
        Explanation explanation = Json.MAPPER.treeToValue(sample, Explanation.class);
        JsonNode written = Json.MAPPER.valueToTree(explanation);
        assertThat(written).isEqualTo(sample);
    }

    private static JsonNode explain(String text) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine mailflow = Mailflow.commandLine();
        mailflow.setOut(new PrintWriter(out));
        assertThat(mailflow.execute("explain", "--json", text)).isZero();
        return Json.MAPPER.readTree(out.toString());
    }
}
