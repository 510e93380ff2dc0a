package io.mailflow.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of a file before it is used, so that no alert meets a hole in it. */
final class CatalogueCheck {

    private CatalogueCheck() {}

    static void check(String name, CatalogueFile file) {
        require(name, "language", file.language());
        require(name, "words", file.words());
        require(name, "partnerSteps", file.partnerSteps());
        require(name, "unknownRelationSteps", file.unknownRelationSteps());
        require(name, "meanings", file.meanings());
        require(name, "entries", file.entries());
        for (String word : Facts.WORDS) {
            require(name, "words." + word, file.words().get(word));
        }
        for (String id : List.of(Catalogue.ACCEPTED, Catalogue.ANY_OTHER_CODE)) {
            require(name, "entries." + id, file.entries().get(id));
        }
        file.entries().forEach((id, entry) -> checkEntry(name, "entries." + id, entry));
        checkOneHomePerCause(name, file);
        Stream.concat(file.partnerSteps().stream(), file.unknownRelationSteps().stream())
                .forEach(step -> checkStep(name, "partnerSteps and unknownRelationSteps", step));
    }

    private static void checkEntry(String name, String where, Entry entry) {
        require(name, where + ".title", entry.title());
        require(name, where + ".owner", entry.owner());
        require(name, where + ".verify", entry.verify());
        if (entry.likely().isEmpty()) {
            throw new CatalogueException(
                    "%s: %s.likely is empty; expected is at least one cause".formatted(name, where));
        }
        if (entry.check().isEmpty()) {
            throw new CatalogueException("%s: %s.check is empty; expected is at least one step".formatted(name, where));
        }
        checkPlaceholders(name, where + ".title", entry.title());
        checkPlaceholders(name, where + ".verify", entry.verify());
        checkPlaceholders(name, where + ".takesEffect", entry.takesEffect());
        for (Entry.Likely likely : entry.likely()) {
            require(name, where + ".likely.text", likely.text());
            checkPlaceholders(name, where + ".likely", likely.text());
        }
        Stream.of(entry.check(), entry.ours(), entry.theirs())
                .flatMap(List::stream)
                .forEach(step -> checkStep(name, where + " (check, ours, theirs)", step));
    }

    private static void checkStep(String name, String where, Entry.Instruction step) {
        require(name, where + ": text of a step", step.text());
        checkPlaceholders(name, where, step.text());
        checkPlaceholders(name, where, step.command());
    }

    private static void checkPlaceholders(String name, String where, @Nullable String text) {
        if (text == null) {
            return;
        }
        Set<String> unknown = new TreeSet<>(Template.placeholders(text));
        unknown.removeAll(Facts.NAMES);
        if (!unknown.isEmpty()) {
            throw new CatalogueException("%s: %s has the placeholders %s; known are %s"
                    .formatted(name, where, unknown, new TreeSet<>(Facts.NAMES)));
        }
    }

    private static void checkOneHomePerCause(String name, CatalogueFile file) {
        Map<String, String> homes = new HashMap<>();
        file.entries()
                .forEach((id, entry) -> entry.causes().forEach(cause -> {
                    String other = homes.putIfAbsent(cause, id);
                    if (other != null) {
                        throw new CatalogueException(
                                "%s: both entries.%s and entries.%s claim the cause %s; expected is one entry for each cause, others may keep it"
                                        .formatted(name, other, id, cause));
                    }
                }));
    }

    /** Jackson leaves null where the file has no such key. */
    private static void require(String name, String key, @Nullable Object value) {
        if (Objects.isNull(value)) {
            throw new CatalogueException("%s: the key %s is missing".formatted(name, key));
        }
    }
}
