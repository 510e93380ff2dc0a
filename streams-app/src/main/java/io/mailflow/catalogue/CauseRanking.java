package io.mailflow.catalogue;

import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation.RankedCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What may lie behind a failure, likeliest first by what was seen.
 *
 * <p>The share of the failing attempts whose reply named a cause weighs most; each clue that speaks for a candidate
 * makes it half as likely again; what is left is decided by the order of the catalogue. Candidates for another relation
 * or platform are left out.
 */
final class CauseRanking {

    /** More than a person looks at. */
    private static final int MOST = 6;

    /** A cause that fewer attempts name is noise. */
    private static final double NOISE = 0.02;

    private static final double PER_CLUE = 0.5;

    private final Map<String, StructureFile.Likely> catalogue;
    private final Set<Clue> seen;
    private final @Nullable Relation relation;
    private final Platform platform;

    private record Scored(RankedCause cause, double score) {}

    /**
     * Ranks for one situation.
     *
     * @param catalogue all candidates by id
     * @param seen what was seen beside the replies
     * @param relation whose server it is, or null if unknown; one of the clues where known
     * @param platform where the message waits
     */
    CauseRanking(
            Map<String, StructureFile.Likely> catalogue,
            Set<Clue> seen,
            @Nullable Relation relation,
            Platform platform) {
        this.catalogue = catalogue;
        this.seen = withRelation(seen, relation);
        this.relation = relation;
        this.platform = platform;
    }

    /**
     * Ranks.
     *
     * @param named causes that replies named, most attempts first
     * @param candidatesOf the candidates of a cause, likeliest first
     * @param otherwise candidates where no reply named a cause
     */
    List<RankedCause> rank(
            List<Situation.CauseCount> named, Function<String, List<String>> candidatesOf, List<String> otherwise) {
        List<Scored> all = new ArrayList<>();
        double attempts =
                named.stream().mapToLong(Situation.CauseCount::attempts).sum();
        for (Situation.CauseCount cause : named) {
            double share = attempts == 0 ? 0 : cause.attempts() / attempts;
            if (share >= NOISE) {
                candidatesOf.apply(cause.cause()).forEach(id -> add(all, id, cause.cause(), share));
            }
        }
        if (all.isEmpty()) {
            otherwise.forEach(id -> add(all, id, null, null));
        }
        Set<String> told = new HashSet<>();
        return all.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .map(Scored::cause)
                .filter(cause -> told.add(cause.id()))
                .limit(MOST)
                .toList();
    }

    /**
     * Ranks once more with clues that were not known before. What an earlier ranking found is kept; where it left
     * something undecided, its order stays.
     *
     * @return positions in the earlier ranking, the likeliest first, each with its clues now
     */
    static List<Again> again(List<RankedCause> ranking, Set<Clue> clues, Map<String, StructureFile.Likely> catalogue) {
        List<Again> all = new ArrayList<>();
        for (int i = 0; i < ranking.size(); i++) {
            RankedCause before = ranking.get(i);
            StructureFile.Likely candidate = catalogue.get(before.id());
            List<String> now = new ArrayList<>(before.clues());
            if (candidate != null) {
                candidate.clues().stream()
                        .filter(clues::contains)
                        .map(Clue::id)
                        .filter(clue -> !now.contains(clue))
                        .forEach(now::add);
            }
            all.add(new Again(i, new RankedCause(before.id(), before.cause(), before.share(), now)));
        }
        all.sort(Comparator.comparingDouble((Again ranked) -> score(ranked.cause()))
                .reversed());
        return all;
    }

    /** A candidate and where it stood before. */
    record Again(int before, RankedCause cause) {}

    private static double score(RankedCause cause) {
        double weight = cause.share() == null ? 1 : cause.share();
        return weight * (1 + PER_CLUE * cause.clues().size());
    }

    private void add(List<Scored> all, String id, @Nullable String cause, @Nullable Double share) {
        StructureFile.Likely candidate = catalogue.get(id);
        if (candidate == null || !candidate.fits(relation, platform)) {
            return;
        }
        List<String> clues =
                candidate.clues().stream().filter(seen::contains).map(Clue::id).toList();
        RankedCause ranked = new RankedCause(id, cause, share, clues);
        all.add(new Scored(ranked, score(ranked)));
    }

    private static Set<Clue> withRelation(Set<Clue> seen, @Nullable Relation relation) {
        Set<Clue> clues = new HashSet<>(seen);
        if (relation != null) {
            clues.add(relation == Relation.PARTNER ? Clue.PARTNER : Clue.ON_PREMISES);
        }
        return clues;
    }
}
