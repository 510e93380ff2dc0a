package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailflow.config.WebSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The container file: what it listens to and how it is asked whether it lives. */
class ContainerfileTest {

    static final Path FILE = Shipped.DEPLOY.resolve("container/Containerfile");

    @Test
    void itsHealthCheckAsksAPathAndThePortOfTheProgram() throws JsonProcessingException {
        String port = Integer.toString(WebSettings.DEFAULT.port());
        List<String> check = words(instruction("HEALTHCHECK").replaceFirst("^.*CMD", ""));

        assertThat(instruction("EXPOSE")).isEqualTo(port);
        assertThat(check).hasSize(3).element(1).isEqualTo(port);
        assertThat(Shipped.answeredPaths()).contains(check.get(2));
    }

    @Test
    void itRunsTheProgramAsAUserWithoutRights() throws JsonProcessingException {
        assertThat(command()).startsWith("run", "--config");
        assertThat(instruction("USER")).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(words(instruction("ENTRYPOINT"))).containsExactly("/opt/mailflow/bin/mailflow");
    }

    /** What it runs where nothing else is said. */
    static List<String> command() {
        try {
            return words(instruction("CMD"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands behind a word that begins a line, continued lines joined. */
    static String instruction(String word) {
        return Shipped.text(FILE)
                .replaceAll("\\\\\\R\\s*", "")
                .lines()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length()).strip())
                .reduce((first, second) -> {
                    throw new IllegalStateException(word + " is there twice");
                })
                .orElseThrow(() -> new IllegalStateException("There is no " + word));
    }

    private static List<String> words(String array) throws JsonProcessingException {
        return new ObjectMapper().readValue(array, new TypeReference<>() {});
    }
}
