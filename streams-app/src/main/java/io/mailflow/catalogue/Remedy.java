package io.mailflow.catalogue;

import io.mailflow.reply.ReplyClass;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry and a cause put together, without any words yet. The cause decides, because wrappers such as {@code 4.4.317}
 * or {@code 5.4.300} say only that something failed; what an entry covers itself stays with it.
 */
final class Remedy {

    private static final String FIRST_STEP = "entries.%s.firstStep";

    private final Structure structure;
    private final String entryId;
    private final StructureFile.Entry entry;
    private final @Nullable String causeId;
    private final StructureFile.@Nullable Cause cause;
    private final StructureFile.@Nullable Cause deciding;
    private final @Nullable Relation relation;
    private final Platform platform;
    private final boolean causeDecides;
    private final boolean isFinal;

    /** A step and where its words are. */
    record PlacedStep(String id, String textKey, Step step) {}

    /** @param code decides whether anything is tried again */
    Remedy(
            Structure structure,
            String code,
            String entryId,
            @Nullable String causeId,
            @Nullable Relation relation,
            @Nullable Platform platform) {
        this.structure = structure;
        this.isFinal = ReplyClass.of(code) == ReplyClass.PERMANENT;
        this.entryId = entryId;
        this.entry = Objects.requireNonNull(structure.all().entries().get(entryId));
        this.causeId = causeId;
        this.causeDecides = causeId != null
                && !entry.covers(causeId)
                && structure.all().causes().containsKey(causeId)
                && !entry.codes().contains(EntryIndex.ACCEPTED);
        this.cause = statedCause();
        this.deciding = causeDecides ? cause : null;
        this.relation = relation;
        this.platform =
                platform != null ? platform : Objects.requireNonNullElse(entry.platform(), Platform.EXCHANGE_ONLINE);
    }

    /** The cause that replies named, else the one that the code says. */
    private StructureFile.@Nullable Cause statedCause() {
        StructureFile.Cause named =
                causeId == null ? null : structure.all().causes().get(causeId);
        return named != null || entry.cause() == null
                ? named
                : structure.all().causes().get(entry.cause());
    }

    Platform platform() {
        return platform;
    }

    StructureFile.Entry entry() {
        return entry;
    }

    /** Where the title stands. */
    String titleKey() {
        return causeDecides ? "causes." + causeId + ".title" : "entries." + entryId + ".title";
    }

    /** What may lie behind it where no reply names a cause. */
    List<String> likely() {
        return entry.likely().isEmpty() && cause != null ? cause.likely() : entry.likely();
    }

    /** Candidates of a cause that replies named. */
    List<String> likelyOf(String named) {
        StructureFile.Cause known = structure.all().causes().get(named);
        return known == null ? List.of() : known.likely();
    }

    /** Who must act: at a partner's server the partner, unless it is mended on this side. */
    Owner owner() {
        Owner owner = deciding == null ? entry.owner() : deciding.owner();
        if (owner == null) {
            owner = cause == null ? Owner.OUR_ADMIN : cause.owner();
        }
        Owner known = Objects.requireNonNullElse(owner, Owner.OUR_ADMIN);
        if (mendedHere() || known == Owner.SENDER || relation == null) {
            return known;
        }
        return relation == Relation.PARTNER ? Owner.REMOTE_ORGANISATION : Owner.OUR_ADMIN;
    }

    /** How to see that it is mended; no retry shows it where nothing is tried again. */
    String verify() {
        String lost = structure.all().lostVerify();
        if (entry.lost() && lost != null) {
            return lost;
        }
        String verify = Objects.requireNonNull(entryFirst(entry.verify(), cause == null ? null : cause.verify()));
        return isFinal ? structure.all().finalVerify().getOrDefault(verify, verify) : verify;
    }

    String giveUp() {
        String partner = structure.all().partnerGiveUp();
        if (partner != null && relation == Relation.PARTNER && owner() == Owner.REMOTE_ORGANISATION) {
            return partner;
        }
        return Objects.requireNonNull(entryFirst(entry.giveUp(), cause == null ? null : cause.giveUp()));
    }

    @Nullable
    Span takesEffect() {
        return entryFirst(entry.takesEffect(), cause == null ? null : cause.takesEffect());
    }

    /** Pages to read on, those of what decides first. */
    List<String> links() {
        Set<String> ids = new LinkedHashSet<>(deciding == null ? entry.links() : deciding.links());
        ids.addAll(entry.links());
        return ids.stream()
                .map(id -> structure.all().links().get(id))
                .filter(Objects::nonNull)
                .map(StructureFile.Link::url)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What to do, in order. */
    List<PlacedStep> steps() {
        List<PlacedStep> steps = new ArrayList<>();
        PlacedStep own = new PlacedStep(
                entryId, FIRST_STEP.formatted(entryId), Objects.requireNonNullElse(entry.firstStep(), Step.WORDS_ONLY));
        if (!causeDecides) {
            steps.add(own);
        }
        StructureFile.Plan plan = plan();
        add(steps, plan.check());
        boolean toMend = !plan.ours().isEmpty() || !plan.theirs().isEmpty();
        boolean partner = relation == Relation.PARTNER;
        if (!partner || mendedHere()) {
            add(steps, plan.ours());
        }
        if (partner) {
            add(steps, plan.theirs());
        }
        if (toMend && !mendedHere() && owner() != Owner.SENDER) {
            add(steps, partner ? structure.all().partnerSteps() : List.of());
            add(steps, relation == null ? structure.all().unknownRelationSteps() : List.of());
        }
        if (causeDecides && entry.lost()) {
            steps.add(own);
        }
        return steps;
    }

    private StructureFile.Plan plan() {
        if (causeDecides || entry.plan().isEmpty()) {
            return cause == null ? entry.plan() : cause.plan();
        }
        return entry.plan();
    }

    private boolean mendedHere() {
        return deciding == null ? entry.mendedHere() : deciding.mendedHere();
    }

    private void add(List<PlacedStep> steps, List<String> ids) {
        for (String id : ids) {
            Step step = Optional.ofNullable(structure.all().steps().get(id)).orElse(Step.WORDS_ONLY);
            boolean told = !causeDecides && entry.standsFor().contains(id);
            boolean tooLate = step.whileQueued() && (isFinal || entry.lost());
            if (!told && !tooLate && step.fits(platform)) {
                steps.add(new PlacedStep(id, "steps." + id, step));
            }
        }
    }

    /** What the cause says where it decides, else what the entry says and only then the cause. */
    private <T> @Nullable T entryFirst(@Nullable T ofEntry, @Nullable T ofCause) {
        if (causeDecides) {
            return ofCause == null ? ofEntry : ofCause;
        }
        return ofEntry == null ? ofCause : ofEntry;
    }
}
