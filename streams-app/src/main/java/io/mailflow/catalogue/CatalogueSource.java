package io.mailflow.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of the catalogue.
 *
 * @param name what errors call it
 * @param text its content
 */
record CatalogueSource(String name, String text) {

    private static final List<String> SHIPPED = List.of("entries", "causes", "steps", "links");

    private static final Set<String> PARTS = Set.of("structure", "texts");

    /** The structure that comes with the program. */
    static List<CatalogueSource> shippedStructure() {
        return SHIPPED.stream()
                .map(name -> "structure/" + name + ".yaml")
                .map(name -> resource(name)
                        .orElseThrow(
                                () -> new CatalogueException(name + " is missing from the program; build it again")))
                .toList();
    }

    /** The texts in a language that come with the program, if there are any. */
    static Optional<CatalogueSource> shippedTexts(String language) {
        return resource("texts/" + language + ".yaml");
    }

    /** The structure files of a site's folder, by name. */
    static List<CatalogueSource> structure(Path folder) {
        return files(folder, "structure");
    }

    /** The text files of a site's folder, by name. */
    static List<CatalogueSource> texts(Path folder) {
        return files(folder, "texts");
    }

    /** What looks as if somebody meant it to be read, and is not. */
    static List<Problem> unread(Path folder) {
        List<Problem> problems = new ArrayList<>();
        for (Path inside : listed(folder)) {
            String name = name(inside);
            boolean part = PARTS.contains(name);
            if (part && Files.isDirectory(inside)) {
                listed(inside).stream()
                        .filter(file ->
                                !name(file).endsWith(".yaml") && !name(file).startsWith("."))
                        .forEach(file -> problems.add(
                                new Problem(file.toString(), 0, "is not read; its name must end with .yaml")));
            } else if (name.endsWith(".yaml") || (Files.isDirectory(inside) && !name.startsWith("."))) {
                problems.add(new Problem(
                        inside.toString(), 0, "is not read; expected are structure/*.yaml and texts/LANGUAGE.yaml"));
            }
        }
        return problems;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new CatalogueException("Cannot read the catalogue folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<CatalogueSource> files(Path folder, String part) {
        if (!Files.isDirectory(folder)) {
            throw new CatalogueException("There is no catalogue folder " + folder);
        }
        Path inside = folder.resolve(part);
        if (!Files.isDirectory(inside)) {
            return List.of();
        }
        List<CatalogueSource> sources = new ArrayList<>();
        for (Path file : listed(inside)) {
            if (name(file).endsWith(".yaml")) {
                try {
                    sources.add(new CatalogueSource(file.toString(), Files.readString(file)));
                } catch (IOException e) {
                    throw new CatalogueException("Cannot read " + file + ": " + e.getMessage(), e);
                }
            }
        }
        return sources;
    }

    private static Optional<CatalogueSource> resource(String name) {
        try (InputStream stream = CatalogueSource.class.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new CatalogueSource(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
