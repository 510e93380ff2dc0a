package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.catalogue.Situation.CauseCount;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation.RankedCause;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CauseRankingTest {

    private static final Map<String, StructureFile.Likely> CANDIDATES = Map.of(
            "down", likely(null, null, Clue.SUDDEN, Clue.ALL_DESTINATIONS),
            "stopped", likely(null, null, Clue.ONE_DESTINATION),
            "retired", likely(Relation.ON_PREMISES, null, Clue.ALL_DESTINATIONS),
            "renewed", likely(null, null),
            "root-store", likely(null, Platform.EXCHANGE_SERVER));

    private static final Map<String, List<String>> OF_CAUSE =
            Map.of("refused", List.of("stopped", "down", "retired"), "expired", List.of("renewed", "root-store"));

    @Test
    void theOrderOfTheCatalogueHoldsWhereNothingElseWasSeen() {
        assertThat(ids(rank(Set.of(), null, new CauseCount("refused", 5))))
                .containsExactly("stopped", "down", "retired");
    }

    @Test
    void shareOfTheFailingAttemptsWeighsMost() {
        List<RankedCause> ranked =
                rank(Set.of(Clue.ONE_DESTINATION), null, new CauseCount("expired", 90), new CauseCount("refused", 10));
        assertThat(ids(ranked)).containsExactly("renewed", "stopped", "down", "retired");
        assertThat(ranked.get(0).share()).isEqualTo(0.9);
        assertThat(ranked.get(1).share()).isEqualTo(0.1);
        assertThat(ranked.get(1).cause()).isEqualTo("refused");
    }

    @Test
    void cluesDecideBetweenCandidatesOfOneCause() {
        List<RankedCause> ranked = rank(Set.of(Clue.SUDDEN, Clue.ALL_DESTINATIONS), null, new CauseCount("refused", 5));
        assertThat(ids(ranked)).containsExactly("down", "retired", "stopped");
        assertThat(ranked.get(0).clues()).containsExactly("sudden", "all-destinations");
        assertThat(ranked.get(2).clues()).isEmpty();
    }

    @Test
    void candidatesOfAnotherRelationOrPlatformAreLeftOut() {
        assertThat(ids(rank(Set.of(), Relation.PARTNER, new CauseCount("refused", 5))))
                .containsExactly("stopped", "down");
        assertThat(ids(rank(Set.of(), null, new CauseCount("expired", 5)))).containsExactly("renewed");
    }

    @Test
    void aCauseThatHardlyAnyAttemptNamesIsNoise() {
        assertThat(ids(rank(Set.of(), null, new CauseCount("expired", 990), new CauseCount("refused", 10))))
                .containsExactly("renewed");
    }

    @Test
    void withoutANamedCauseTheCandidatesOfTheCodeStandWithoutShare() {
        List<RankedCause> ranked = rank(Set.of());
        assertThat(ids(ranked)).containsExactly("renewed", "stopped");
        assertThat(ranked).allSatisfy(cause -> assertThat(cause.share()).isNull());
    }

    private static List<RankedCause> rank(Set<Clue> seen, @Nullable Relation relation, CauseCount... named) {
        return new CauseRanking(CANDIDATES, seen, relation, Platform.EXCHANGE_ONLINE)
                .rank(List.of(named), cause -> OF_CAUSE.getOrDefault(cause, List.of()), List.of("renewed", "stopped"));
    }

    private static List<RankedCause> rank(Set<Clue> seen) {
        return rank(seen, null);
    }

    private static List<String> ids(List<RankedCause> ranked) {
        return ranked.stream().map(RankedCause::id).toList();
    }

    private static StructureFile.Likely likely(
            @Nullable Relation relation, @Nullable Platform platform, Clue... clues) {
        return new StructureFile.Likely(relation, platform, List.of(clues));
    }
}
