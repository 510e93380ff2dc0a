package io.mailflow.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything of the catalogue that has no language, from all its files; what a later file defines replaces what an
 * earlier one did.
 *
 * @param all the sections, added up
 * @param places where each dotted key stands
 */
record Structure(StructureFile all, Map<String, Place> places) {

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final StructureFile NOTHING = new StructureFile(
            Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), null, null, Map.of());

    /** A file and a line in it. */
    record Place(String file, int line) {}

    /** Reads all files in their order. */
    static Structure of(Collection<CatalogueSource> files) {
        StructureFile all = NOTHING;
        Map<String, Place> places = new LinkedHashMap<>();
        for (CatalogueSource file : files) {
            all = plus(all, parse(file));
            FlatYaml.read(file.name(), file.text())
                    .lines()
                    .forEach((key, line) -> places.put(key, new Place(file.name(), line)));
        }
        return new Structure(all, places);
    }

    /** Something wrong at a dotted key, or at the nearest key above it. */
    Problem problem(String key, String message) {
        for (String at = key; ; at = at.substring(0, at.lastIndexOf('.'))) {
            Place place = places.get(at);
            if (place != null) {
                return new Problem(place.file(), place.line(), key + " " + message);
            }
            if (at.indexOf('.') < 0) {
                return new Problem("the catalogue", 0, key + " " + message);
            }
        }
    }

    private static StructureFile plus(StructureFile a, StructureFile b) {
        return new StructureFile(
                merged(a.entries(), b.entries()),
                merged(a.causes(), b.causes()),
                merged(a.likely(), b.likely()),
                merged(a.steps(), b.steps()),
                merged(a.links(), b.links()),
                b.partnerSteps().isEmpty() ? a.partnerSteps() : b.partnerSteps(),
                b.unknownRelationSteps().isEmpty() ? a.unknownRelationSteps() : b.unknownRelationSteps(),
                b.partnerGiveUp() == null ? a.partnerGiveUp() : b.partnerGiveUp(),
                b.lostVerify() == null ? a.lostVerify() : b.lostVerify(),
                merged(a.finalVerify(), b.finalVerify()));
    }

    private static <T> Map<String, T> merged(Map<String, T> a, Map<String, T> b) {
        Map<String, T> merged = new LinkedHashMap<>(a);
        merged.putAll(b);
        return merged;
    }

    private static StructureFile parse(CatalogueSource file) {
        if (FlatYaml.read(file.name(), file.text()).lines().isEmpty()) {
            return NOTHING;
        }
        try {
            StructureFile read = YAML.readValue(file.text(), StructureFile.class);
            return read == null ? NOTHING : read;
        } catch (UnrecognizedPropertyException unknown) {
            throw failure(
                    file,
                    unknown,
                    path(unknown),
                    "the key " + path(unknown) + " is not known here; known are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (JsonMappingException wrong) {
            throw failure(file, wrong, path(wrong), "the value of " + path(wrong) + " cannot be used: " + why(wrong));
        } catch (JsonProcessingException broken) {
            throw failure(
                    file,
                    broken,
                    "",
                    "is not valid YAML: " + broken.getOriginalMessage().replaceAll("\\s+", " "));
        }
    }

    /** The parser has often read on when it finds a mistake; the key says better where it stands. */
    private static CatalogueException failure(
            CatalogueSource file, JsonProcessingException e, String key, String message) {
        Integer known = key.isEmpty()
                ? null
                : FlatYaml.read(file.name(), file.text()).lines().get(key);
        int read = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        int line = known == null ? read : known;
        return new CatalogueException(new Problem(file.name(), line, message).toString(), e);
    }

    /** Without the words of the parser, which are about classes. */
    private static String why(JsonMappingException wrong) {
        if (wrong instanceof InvalidFormatException value) {
            return "it is \"" + value.getValue() + "\"; expected is " + expected(value.getTargetType());
        }
        if (wrong instanceof MismatchedInputException kind && kind.getTargetType() != null) {
            return "expected is " + expected(kind.getTargetType());
        }
        return wrong instanceof ValueInstantiationException
                ? "expected is " + expected(Span.class)
                : wrong.getOriginalMessage();
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants())
                            .map(constant -> YAML.convertValue(constant, String.class))
                            .collect(Collectors.joining(", "));
        }
        if (type == LocalDate.class) {
            return "a date such as 2026-01-05";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == Span.class) {
            return "a duration such as PT30M, or two such as PT30M/PT1H";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list such as [one, two]";
        }
        return type == String.class ? "a text" : "a block of keys with a colon behind each";
    }

    private static String path(JsonMappingException exception) {
        return exception.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("."));
    }
}
