package io.mailflow.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The dotted keys that exist and the sections they stand in; finds what somebody meant who wrote another one. */
final class KeyNames {

    private final Set<String> keys;
    private final Set<String> sections = new LinkedHashSet<>();

    KeyNames(Collection<String> keys) {
        this.keys = new LinkedHashSet<>(keys);
        for (String key : keys) {
            for (String section = sectionOf(key); !section.isEmpty(); section = sectionOf(section)) {
                sections.add(section);
            }
        }
    }

    boolean isSection(String name) {
        return sections.contains(name);
    }

    /** What to write instead of a key that does not exist: the one that was probably meant, else all at its place. */
    String insteadOf(String unknown) {
        if (isSection(unknown)) {
            return "keys under it: " + children(unknown);
        }
        for (String above = sectionOf(unknown); !above.isEmpty(); above = sectionOf(above)) {
            if (keys.contains(above)) {
                return "a value of " + above + " instead of keys under it";
            }
        }
        return sameElsewhere(unknown)
                .or(() -> closest(unknown))
                .map(known -> known + ", perhaps?")
                .orElseGet(() -> "one of " + children(isSection(sectionOf(unknown)) ? sectionOf(unknown) : ""));
    }

    /** A key of the same last name in another section, if there is just one. */
    private Optional<String> sameElsewhere(String unknown) {
        Set<String> same = keys.stream()
                .filter(known -> lastPart(known).equals(lastPart(unknown)))
                .collect(Collectors.toSet());
        return same.size() == 1 ? same.stream().findFirst() : Optional.empty();
    }

    private Optional<String> closest(String unknown) {
        Set<String> candidates = new LinkedHashSet<>(keys);
        candidates.addAll(sections);
        String best = null;
        // More than a third of the letters wrong is not a slip but another word.
        int bestDistance = Math.max(2, lastPart(unknown).length() / 3) + 1;
        for (String known : candidates) {
            int distance = NearWords.distance(unknown, known);
            if (distance < bestDistance) {
                best = known;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private String children(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return keys.stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .map(key -> key.contains(".") ? key.substring(0, key.indexOf('.')) : key)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String sectionOf(String key) {
        return key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
