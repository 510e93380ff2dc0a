package io.mailflow.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A catalogue file as it is written: one language.
 *
 * @param language BCP 47 tag
 * @param words what stands for a fact that the evidence does not tell, by placeholder
 * @param partnerSteps last steps for a partner's server
 * @param unknownRelationSteps last steps where nobody registered whose server it is
 * @param meanings RFC 3463 in words
 * @param entries by id, in the order of the file
 */
record CatalogueFile(
        String language,
        Map<String, String> words,
        List<Entry.Instruction> partnerSteps,
        List<Entry.Instruction> unknownRelationSteps,
        CodeMeanings meanings,
        Map<String, Entry> entries) {

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads a file; the name is for errors. */
    static CatalogueFile read(String name, InputStream yaml) {
        try {
            CatalogueFile file = YAML.readValue(yaml, CatalogueFile.class);
            CatalogueCheck.check(name, file);
            return file;
        } catch (UnrecognizedPropertyException unknown) {
            throw new CatalogueException(
                    "%s, line %d: the key %s is not known here; known are %s"
                            .formatted(
                                    name,
                                    unknown.getLocation().getLineNr(),
                                    path(unknown),
                                    unknown.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .collect(Collectors.joining(", "))),
                    unknown);
        } catch (JsonMappingException wrong) {
            throw new CatalogueException(
                    "%s: the value of %s cannot be used: %s".formatted(name, path(wrong), wrong.getOriginalMessage()),
                    wrong);
        } catch (JsonProcessingException broken) {
            throw new CatalogueException(name + " is not valid YAML: " + broken.getMessage(), broken);
        } catch (IOException unreadable) {
            throw new CatalogueException(name + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String path(JsonMappingException exception) {
        return exception.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("."));
    }
}
