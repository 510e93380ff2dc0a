package io.mailflow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mailflow.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the repository that are shipped, as the tests read them. */
final class Shipped {

    /** The repository. */
    static final Path ROOT = Path.of(Objects.requireNonNull(
            System.getProperty("mailflow.root"), "mailflow.root is set by the build; run these tests with Maven"));

    /** The folder {@code deploy}. */
    static final Path DEPLOY = ROOT.resolve("deploy");

    private static final ObjectMapper YAML =
            new YAMLMapper(YAMLFactory.builder().build());

    private Shipped() {}

    /** All documents of a YAML file; a key given twice is an error. */
    static List<JsonNode> documents(Path file) {
        try {
            LoaderOptions strict = new LoaderOptions();
            strict.setAllowDuplicateKeys(false);
            Iterable<Object> documents = new Yaml(new SafeConstructor(strict)).loadAll(Files.readString(file));
            // Loaded by SnakeYAML, which resolves anchors and merge keys; Jackson alone does not merge.
            return Stream.iterate(documents.iterator(), it -> it.hasNext(), it -> it)
                    .<JsonNode>map(it -> YAML.valueToTree(it.next()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** A file as it stands there. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** The paths that every instance answers, from the program's own description of them. */
    static Set<String> answeredPaths() {
        try (InputStream in = WebServer.class.getResourceAsStream("openapi.yaml")) {
            return YAML.readTree(in).path("paths").properties().stream()
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read openapi.yaml", e);
        }
    }

    /** The only document of a YAML file. */
    static JsonNode document(Path file) {
        List<JsonNode> documents = documents(file);
        if (documents.size() != 1) {
            throw new IllegalStateException(file + " holds " + documents.size() + " documents, expected one");
        }
        return documents.get(0);
    }

    /** All files of a folder, with those of its folders, by name. */
    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }
}
