package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Remediation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteFolderTest {

    private static final String STRUCTURE = """
            entries:
              gateway-refused:
                codes: ["5.9.42"]
                cause: policy-rejected
                firstStep:
                  sh: 'grep {messageId} /var/log/gateway.log'
                links: [rfc]
                example: '550 5.9.42 Gateway says no'
            """;
    private static final String TEXTS = """
            language: en
            entries:
              gateway-refused:
                title: "Our gateway refuses mail to {destination} ({code})"
                explanation: The gateway in front of the server has a rule against it.
                firstStep: Look into the log of the gateway.
            steps:
              find-agents: Ask the antivirus team.
            """;

    @TempDir
    Path folder;

    @Test
    void aSiteAddsEntriesAndOverridesTexts() throws IOException {
        write("structure/own.yaml", STRUCTURE);
        write("texts/en.yaml", TEXTS);

        Remediation remedy =
                Catalogue.load(folder).remedy(Situation.of(ReplyParser.parse("550 5.9.42 Gateway says no")), "en");

        assertThat(remedy.title()).isEqualTo("Our gateway refuses mail to the destination server (550 5.9.42)");
        assertThat(remedy.steps().get(0).command()).isEqualTo("grep '<network message id>' /var/log/gateway.log");
        assertThat(remedy.steps()).anySatisfy(step -> assertThat(step.text()).isEqualTo("Ask the antivirus team."));
        assertThat(Catalogue.shipped().entries()).doesNotContain("gateway-refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy-rejected|policy-rejektet|own.yaml, line 4: entries.gateway-refused.cause names policy-rejektet",
                "{messageId}|{message}|own.yaml, line 5: entries.gateway-refused.firstStep has the placeholder {message}",
                "5.9.42\"]|5.9\"]|own.yaml, line 3: entries.gateway-refused.codes has \"5.9\"",
                "5.9.42\"]|4.4.316\"]|own.yaml, line 3: entries.gateway-refused.codes claim 4.4.316",
                "[rfc]|[rfx]|own.yaml, line 7: entries.gateway-refused.links names rfx",
                "firstStep|fistStep|own.yaml, line 5: the key entries.gateway-refused.fistStep is not known here",
                "    example|    # example|own.yaml, line 2: entries.gateway-refused has no example",
                "550 5.9.42|550 5.9.43|own.yaml, line 8: entries.gateway-refused.example is answered by any-other-code",
                "    cause|    owner: boss~    cause|own.yaml, line 4: the value of entries.gateway-refused.owner cannot be used: it is \"boss\"; expected is one of our-admin, remote-organisation, sender",
                "[\"5.9.42\"]|5.9.42|own.yaml, line 3: the value of entries.gateway-refused.codes cannot be used: expected is a list",
                "[rfc]|[rfc]~    takesEffect: soon|own.yaml, line 8: the value of entries.gateway-refused.takesEffect cannot be used: expected is a duration",
                "[rfc]|[rfc]~    lost: maybe|own.yaml, line 8: the value of entries.gateway-refused.lost cannot be used: it is \"maybe\"; expected is true or false",
                "codes|- codes|own.yaml, line 4: is not valid YAML"
            })
    void aMistakeInTheStructureIsNamedWithFileAndLine(String right, String wrong, String message) throws IOException {
        write("structure/own.yaml", STRUCTURE.replace(right, wrong.replace("~", "\n")));
        write("texts/en.yaml", TEXTS);
        assertThatThrownBy(() -> Catalogue.load(folder))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{destination}|{server}|en.yaml, line 4: entries.gateway-refused.title has the parameters [server]",
                "    title|    titel|own.yaml, line 2: entries.gateway-refused.title has no text in English",
                "find-agents|find-agentz|en.yaml, line 8: steps.find-agentz belongs to nothing in the structure",
                "{code})|{code)|en.yaml, line 4: entries.gateway-refused.title is no ICU message",
                "language: en|language: pl|en.yaml, line 1: language is pl; expected en"
            })
    void aMistakeInTheTextsIsNamedWithFileAndLine(String right, String wrong, String message) throws IOException {
        write("structure/own.yaml", STRUCTURE);
        write("texts/en.yaml", TEXTS.replace(right, wrong));
        assertThatThrownBy(() -> Catalogue.load(folder))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNotReadIsNamed() throws IOException {
        write("structure/own.yml", STRUCTURE);
        write("entries.yaml", STRUCTURE);
        write("strukture/own.yaml", STRUCTURE);
        write("README.md", "ours");
        assertThatThrownBy(() -> Catalogue.load(folder))
                .hasMessageContaining("own.yml: is not read; its name must end with .yaml")
                .hasMessageContaining(
                        "entries.yaml: is not read; expected are structure/*.yaml and texts/LANGUAGE.yaml")
                .hasMessageContaining("strukture: is not read")
                .hasMessageNotContaining("README");
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        write("structure/own.yaml", "");
        write("structure/later.yaml", "# to be written\n");
        assertThat(Catalogue.load(folder).entries())
                .isEqualTo(Catalogue.shipped().entries());
    }

    @Test
    void aLanguageInWhichTheSiteWroteNothingIsNotIncomplete() throws IOException {
        write("structure/own.yaml", STRUCTURE);
        write("texts/en.yaml", TEXTS);
        assertThat(Catalogue.load(folder).incomplete()).isEmpty();
        assertThat(Catalogue.load(folder).unwritten()).containsExactly("zh-TW", "zh-CN", "pl", "da", "ja");

        write("texts/da.yaml", "language: da\nsteps:\n  find-agents: Spørg antivirusholdet.\n");
        assertThat(Catalogue.load(folder).incomplete())
                .hasSize(3)
                .allMatch(problem -> problem.toString().contains("da: entries.gateway-refused"));
    }

    @Test
    void aFileForNoLanguageIsNamed() throws IOException {
        write("texts/tlh.yaml", "language: tlh\n");
        assertThatThrownBy(() -> Catalogue.load(folder)).hasMessageContaining("tlh.yaml: is named for no language");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Catalogue.load(missing)).hasMessage("There is no catalogue folder " + missing);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
