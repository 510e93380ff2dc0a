package io.mailflow.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mailflow.schema.ConnectorEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads the registry of connectors from {@code Get-OutboundConnector | ConvertTo-Json}, {@code Get-InboundConnector},
 * {@code Get-SendConnector} and {@code Get-ReceiveConnector} alike, or from our own YAML.
 */
public final class ConnectorFile {

    private static final int MAX_CHARS = 64 << 20;
    private static final ObjectMapper YAML =
            new YAMLMapper(YAMLFactory.builder().loaderOptions(loaderOptions()).build());

    private ConnectorFile() {}

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(50);
        return options;
    }

    /**
     * Reads the entries.
     *
     * @param tenant the organisation of entries that name none
     * @throws InputException if the file is not there, is something else or holds a mistake; its message names the file,
     *     the entry and the key
     */
    public static List<ConnectorEntry> read(Path file, String tenant) throws IOException {
        String text = text(file);
        String start = text.stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[");
        JsonNode root;
        try {
            root = (json ? Json.MAPPER : YAML).readTree(text);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    file + " is not valid " + (json ? "JSON" : "YAML") + ": " + firstLine(e.getOriginalMessage()) + ".",
                    e);
        }
        if (root != null && root.isObject() && root.has("connectors")) {
            return ConnectorYaml.entries(file, root, tenant);
        }
        if (!json) {
            throw new InputException(file + " holds no connectors: a key connectors: with a list is expected.");
        }
        JsonNode list = root != null && root.isObject() && root.path("value").isArray() ? root.get("value") : root;
        List<ConnectorEntry> entries = new ArrayList<>();
        for (JsonNode one : list != null && list.isArray() ? list : List.of(list)) {
            entries.add(PowerShellConnector.entry(file, one, tenant));
        }
        return List.copyOf(entries);
    }

    private static String text(Path file) throws IOException {
        try (BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                Reader reader = TextDecoding.open(file.toString(), bytes)) {
            StringWriter text = new StringWriter();
            char[] buffer = new char[8192];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                text.write(buffer, 0, count);
                if (text.getBuffer().length() > MAX_CHARS) {
                    throw new InputException(file + " is too long for a list of connectors.");
                }
            }
            return text.toString();
        } catch (NoSuchFileException e) {
            throw new InputException("There is no file " + file + ".", e);
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
