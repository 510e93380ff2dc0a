package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Languages;
import io.mailflow.schema.Analysis;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class HtmlReportTest {

    private static final String HOSTILE = "</title><script>alert('1')</script><img src=//x \"&amp;\u202e\u001b[31m";

    @Test
    void shouldTellWhatFailsWhenItExpiresAndWhatToDo() throws IOException {
        String report = report(sample());

        assertThat(report)
                .contains("<h2>1 open alert</h2>", "To Contoso head office", "450 4.4.316")
                .contains("Failed attempts by code", "Queued recipients by when they expire", "What to do", "<pre>")
                .contains("who acts", ">connector</th>");
    }

    /** Names and identifiers of the events stay; every word of ours is of the language. */
    @ParameterizedTest
    @ValueSource(strings = {"zh-TW", "zh-CN", "pl", "da", "ja"})
    void shouldSayEverythingInTheLanguage(String language) throws IOException {
        String english = report(sample());
        AlertText text = new AlertText(Catalogue.shipped(), language);
        String report = HtmlReport.of(Json.MAPPER.treeToValue(sample(), Analysis.class), List.of(), text);

        assertThat(report)
                .contains("<html lang=\"" + language + "\">")
                .doesNotContain("Mail flow report", "highest bar");
        Set<String> said = ours(report);
        said.retainAll(ours(english));
        assertThat(said).isSubsetOf("connector", "alert");
    }

    private static Set<String> ours(String report) {
        return Pattern.compile("<(?:h1|h2|dt|figcaption|th|th class=\"n\"|span class=\"severity\")>([^<]+)<")
                .matcher(report)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    /** The container that Exchange puts around an error tells a reader nothing. */
    @Test
    void shouldTellTheErrorItself() throws IOException {
        JsonNode sample = sample();
        String error = "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect";
        sample.findParents("lastError")
                .forEach(parent -> ((ObjectNode) parent)
                        .put(
                                "lastError",
                                "[{LED=" + error + "};{MSG=};{FQDN=mx1.contoso.example};{IP=203.0.113.25};{LRT=}]"));

        assertThat(report(sample)).contains(Html.text(error)).doesNotContain("LED=", "FQDN");
    }

    @Test
    void shouldLoadNothingAndRunNothing() throws IOException {
        assertThat(report(sample()))
                .contains("default-src 'none'")
                .doesNotContain("<script", "<link", "<img", "@import", "url(", "src=", "href=");
    }

    /** Names, codes, replies and remediation of an event that wants to be more than text. */
    @Test
    void shouldShowWhateverEventsSayAsText() throws Exception {
        JsonNode hostile = sample();
        everyText(hostile);

        String report = report(hostile);

        assertThat(report).contains("&lt;script&gt;").doesNotContain("<script", "<img", "\u202e", "\u001b");
        // Well-formed as XML but for what HTML closes by itself.
        String body = report.substring(report.indexOf("<body>"), report.indexOf("</html>"));
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(body)))
                        .getElementsByTagName("script")
                        .getLength())
                .isZero();
    }

    private static void everyText(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : new String[] {"connector", "code", "title", "lastError", "text", "command", "verify"}) {
                if (object.path(name).isTextual()) {
                    object.put(name, HOSTILE);
                }
            }
        }
        node.forEach(HtmlReportTest::everyText);
    }

    private static String report(JsonNode json) throws IOException {
        return HtmlReport.of(
                Json.MAPPER.treeToValue(json, Analysis.class),
                List.of(),
                new AlertText(Catalogue.shipped(), Languages.ENGLISH));
    }

    private static JsonNode sample() throws IOException {
        try (InputStream json = Analysis.class.getResourceAsStream("samples/analysis.full.json")) {
            return Json.MAPPER.readTree(Objects.requireNonNull(json));
        }
    }
}
