package io.mailflow.catalogue;

import io.mailflow.reply.ReplyClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which entry answers a code, and where several do, which of them a text or a cause points to. */
final class EntryIndex {

    /** Stands for every 2xx reply in an entry's codes. */
    static final String ACCEPTED = "2";

    /** Stands for every code that no entry lists. */
    static final String ANY_OTHER = "*";

    private static final Pattern RANGE = Pattern.compile("([245]\\.\\d{1,3}\\.)(\\d{1,3})-(\\d{1,3})");
    private static final Pattern SINGLE =
            Pattern.compile("(?:[245]\\d\\d )?[245]\\.\\d{1,3}\\.\\d{1,3}|[245]\\d\\d|none|2|\\*");

    private final Map<String, List<Candidate>> byCode;

    /** How well an entry fits, the best first. */
    enum Rank {
        /** Its text pattern is found in the reply. */
        TEXT,
        /** The cause read from the replies is the one it covers. */
        CAUSE,
        /** Nothing but its code. */
        CODE
    }

    /** An entry that lists a code; {@code text} is null where its code is enough. */
    private record Candidate(
            String id, StructureFile.Entry entry, @Nullable Pattern text) {}

    /** An entry and why it was chosen. */
    record Match(String id, StructureFile.Entry entry, Rank rank) {}

    private EntryIndex(Map<String, List<Candidate>> byCode) {
        this.byCode = byCode;
    }

    static EntryIndex of(Map<String, StructureFile.Entry> entries) {
        Map<String, List<Candidate>> byCode = new HashMap<>();
        entries.forEach((id, entry) -> {
            Pattern text = entry.text() == null ? null : Pattern.compile(entry.text(), Pattern.CASE_INSENSITIVE);
            Candidate candidate = new Candidate(id, entry, text);
            entry.codes()
                    .forEach(codes -> expanded(codes)
                            .forEach(code -> byCode.computeIfAbsent(code, none -> new ArrayList<>())
                                    .add(candidate)));
        });
        return new EntryIndex(byCode);
    }

    /** Whether this is a code, a range of codes, or one of the two stand-ins. */
    static boolean isCode(String codes) {
        return SINGLE.matcher(codes).matches() || RANGE.matcher(codes).matches();
    }

    /** Whether this is one code, as people write them. */
    static boolean isSingleCode(String word) {
        return SINGLE.matcher(word).matches() && !word.equals(ACCEPTED) && !word.equals(ANY_OTHER);
    }

    /** Ids of the entries that list a code, whatever text or cause they want beside it; else of those for all others. */
    List<String> listing(String code) {
        List<Candidate> candidates = candidates(code);
        return (candidates.isEmpty() ? byCode.getOrDefault(ANY_OTHER, List.<Candidate>of()) : candidates)
                .stream().map(Candidate::id).toList();
    }

    /** Every single code that a key such as {@code 4.7.500-649} means. */
    static List<String> expanded(String codes) {
        Matcher range = RANGE.matcher(codes);
        if (!range.matches()) {
            return List.of(codes);
        }
        List<String> all = new ArrayList<>();
        for (int detail = Integer.parseInt(range.group(2)); detail <= Integer.parseInt(range.group(3)); detail++) {
            all.add(range.group(1) + detail);
        }
        return all;
    }

    /**
     * The entry for a code; there always is one.
     *
     * @param text the reply, or null where many replies are looked at together
     * @param cause what the replies named most, or null
     */
    Match find(String code, @Nullable String text, @Nullable String cause) {
        List<Match> all = matches(code, text, cause);
        return all.stream()
                .min(Comparator.comparing(Match::rank))
                .orElseThrow(() -> new CatalogueException("No entry answers " + ANY_OTHER));
    }

    /** Every entry that answers, however well. */
    List<Match> matches(String code, @Nullable String text, @Nullable String cause) {
        List<Candidate> candidates = candidates(code);
        List<Match> matches = new ArrayList<>();
        for (Candidate candidate : candidates) {
            rank(candidate, text, cause, candidates.size())
                    .ifPresent(rank -> matches.add(new Match(candidate.id, candidate.entry, rank)));
        }
        // Entries for certain texts only, and none of them fits: then nothing is known.
        if (matches.isEmpty()) {
            byCode.getOrDefault(ANY_OTHER, List.of())
                    .forEach(other -> matches.add(new Match(other.id, other.entry, Rank.CODE)));
        }
        return matches;
    }

    private List<Candidate> candidates(String code) {
        if (ReplyClass.of(code) == ReplyClass.POSITIVE) {
            return byCode.getOrDefault(ACCEPTED, List.of());
        }
        List<Candidate> exact = byCode.getOrDefault(code, List.of());
        return exact.isEmpty() ? byCode.getOrDefault(code.substring(code.lastIndexOf(' ') + 1), List.of()) : exact;
    }

    private static Optional<Rank> rank(
            Candidate candidate, @Nullable String text, @Nullable String cause, int candidates) {
        if (candidate.text == null) {
            return Optional.of(Rank.CODE);
        }
        if (text != null && candidate.text.matcher(text).find()) {
            return Optional.of(Rank.TEXT);
        }
        boolean pointedTo = cause != null
                && (candidate.entry.covers(cause)
                        || candidate.entry.selectedBy().contains(cause));
        if (pointedTo && text == null) {
            return Optional.of(Rank.CAUSE);
        }
        return candidates == 1 ? Optional.of(Rank.CODE) : Optional.empty();
    }
}
