package io.mailflow.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What must hold of texts: English has all that the structure needs, other languages say the same about the same. */
final class TextsCheck {

    /** Sections whose ids are those of the structure; the rest is what the program itself says. */
    private static final Set<String> OF_STRUCTURE = Set.of("entries", "causes", "likely", "steps", "verify", "giveUp");

    private TextsCheck() {}

    /** Every text the structure asks for. */
    static Set<String> needed(StructureFile structure) {
        Set<String> keys = new LinkedHashSet<>();
        structure.entries().forEach((id, entry) -> {
            keys.add("entries." + id + ".title");
            keys.add("entries." + id + ".explanation");
            keys.add("entries." + id + ".firstStep");
            addIfNamed(keys, "verify.", entry.verify());
            addIfNamed(keys, "giveUp.", entry.giveUp());
        });
        structure.causes().forEach((id, cause) -> {
            keys.add("causes." + id + ".name");
            keys.add("causes." + id + ".title");
            addIfNamed(keys, "verify.", cause.verify());
            addIfNamed(keys, "giveUp.", cause.giveUp());
        });
        addIfNamed(keys, "giveUp.", structure.partnerGiveUp());
        addIfNamed(keys, "verify.", structure.lostVerify());
        structure.finalVerify().values().forEach(id -> addIfNamed(keys, "verify.", id));
        structure.likely().keySet().forEach(id -> keys.add("likely." + id));
        structure.steps().keySet().forEach(id -> keys.add("steps." + id));
        return keys;
    }

    /** What is wrong with the English texts for a structure. */
    static List<Problem> problems(Structure structure, Texts english) {
        List<Problem> problems = new ArrayList<>();
        Set<String> needed = needed(structure.all());
        needed.stream()
                .filter(key -> !english.has(key))
                .forEach(key -> problems.add(structure.problem(key, "has no text in English")));
        Set<String> fillable = new HashSet<>(Facts.NAMES);
        fillable.addAll(Facts.MADE);
        for (String key : english.keys()) {
            String section = key.substring(0, Math.max(0, key.indexOf('.')));
            if (!OF_STRUCTURE.contains(section)) {
                continue;
            }
            if (!needed.contains(key)) {
                problems.add(english.problem(key, "belongs to nothing in the structure"));
            }
            Set<String> unknown = new TreeSet<>(english.parameters(key));
            unknown.removeAll(fillable);
            if (!unknown.isEmpty()) {
                problems.add(english.problem(
                        key, "has the parameters " + unknown + "; known are " + new TreeSet<>(fillable)));
            }
        }
        return problems;
    }

    /** What must not be used at all: keys that English lacks, parameters that nothing fills. */
    static List<Problem> unusable(Texts texts, Texts english) {
        List<Problem> problems = new ArrayList<>();
        for (String key : texts.keys()) {
            if (!english.has(key)) {
                problems.add(texts.problem(key, "is a text that English does not have"));
            } else {
                Set<String> unknown = new TreeSet<>(texts.parameters(key));
                unknown.removeAll(english.parameters(key));
                if (!unknown.isEmpty()) {
                    problems.add(texts.problem(
                            key, "has the parameters " + unknown + "; English has " + english.parameters(key)));
                }
            }
        }
        return problems;
    }

    /** What a translator still has to do: texts that are missing, and parameters that were lost. */
    static List<Problem> incomplete(Texts texts, Texts english) {
        List<Problem> problems = new ArrayList<>();
        for (String key : english.keys()) {
            if (!texts.has(key)) {
                problems.add(texts.problem(key, "is missing"));
            } else {
                Set<String> lost = new TreeSet<>(english.parameters(key));
                lost.removeAll(texts.parameters(key));
                if (!lost.isEmpty()) {
                    problems.add(texts.problem(key, "lost the parameters " + lost));
                }
            }
        }
        return problems;
    }

    private static void addIfNamed(Set<String> keys, String section, @Nullable String id) {
        if (id != null) {
            keys.add(section + id);
        }
    }
}
