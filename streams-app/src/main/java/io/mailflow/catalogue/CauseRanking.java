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

    private void add(List<Scored> all, String id, @Nullable String cause, @Nullable Double share) {
        StructureFile.Likely candidate = catalogue.get(id);
        if (candidate == null || !candidate.fits(relation, platform)) {
            return;
        }
        List<String> clues =
                candidate.clues().stream().filter(seen::contains).map(Clue::id).toList();
        double weight = share == null ? 1 : share;
        all.add(new Scored(new RankedCause(id, cause, share, clues), weight * (1 + PER_CLUE * clues.size())));
    }

    private static Set<Clue> withRelation(Set<Clue> seen, @Nullable Relation relation) {
        Set<Clue> clues = new HashSet<>(seen);
        if (relation != null) {
            clues.add(relation == Relation.PARTNER ? Clue.PARTNER : Clue.ON_PREMISES);
        }
        return clues;
    }
}
