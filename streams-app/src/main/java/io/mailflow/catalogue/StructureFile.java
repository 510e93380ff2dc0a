package io.mailflow.catalogue;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of the catalogue's structure, as it is written; {@code docs/catalogue.md} explains each key. Every section
 * may be missing, several files add up.
 *
 * @param entries answers by code, by id
 * @param causes what reply texts name, by the token of {@link io.mailflow.reply.Reply#cause()}
 * @param likely what may lie behind a cause, by id
 * @param steps by id
 * @param links pages to read on, by id
 * @param partnerSteps last steps for a partner's server
 * @param unknownRelationSteps last steps where nobody registered whose server it is
 * @param partnerGiveUp when to stop waiting for a partner
 * @param lostVerify how to see that it is mended where the message was given up, or null for what the entry says
 * @param finalVerify how to see it where the message was refused for good, by what is said where it is tried again
 */
record StructureFile(
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Entry> entries,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Cause> causes,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Likely> likely,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Step> steps,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Link> links,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> partnerSteps,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> unknownRelationSteps,
        @Nullable String partnerGiveUp,
        @Nullable String lostVerify,
        @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, String> finalVerify) {

    /**
     * What to do and in which order.
     *
     * @param likely what may lie behind it, likeliest first
     * @param check first steps, wherever the server stands
     * @param ours then, where the server is the organisation's own
     * @param theirs then, where it is a partner's
     */
    record Plan(List<String> likely, List<String> check, List<String> ours, List<String> theirs) {
        boolean isEmpty() {
            return check.isEmpty() && ours.isEmpty() && theirs.isEmpty();
        }
    }

    /** An answer to codes. */
    record Entry(
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> codes,
            @Nullable String text,
            @Nullable String cause,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> keeps,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> selectedBy,
            @Nullable Owner owner,
            boolean mendedHere,
            @Nullable Platform platform,
            boolean lost,
            @Nullable Step firstStep,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> standsFor,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> likely,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> check,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> ours,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> theirs,
            @Nullable String verify,
            @Nullable String giveUp,
            @Nullable Span takesEffect,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> links,
            @Nullable String example) {

        Plan plan() {
            return new Plan(likely, check, ours, theirs);
        }

        /** Whether a cause is what the code says anyway, or stays with this entry. */
        boolean covers(String other) {
            return other.equals(cause) || keeps.contains(other);
        }
    }

    /** What a reply text names. */
    record Cause(
            @Nullable Owner owner,
            boolean mendedHere,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> likely,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> check,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> ours,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> theirs,
            @Nullable String verify,
            @Nullable String giveUp,
            @Nullable Span takesEffect,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> links) {

        Plan plan() {
            return new Plan(likely, check, ours, theirs);
        }
    }

    /** What may lie behind a cause, and what speaks for it; null relation or platform fits every one. */
    record Likely(
            @Nullable Relation relation,
            @Nullable Platform platform,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<Clue> clues) {

        boolean fits(@Nullable Relation at, Platform on) {
            return (relation == null || at == null || relation == at) && (platform == null || platform == on);
        }
    }

    /** A page, and when somebody last saw that it says what we use it for. */
    record Link(@Nullable String url, @Nullable LocalDate verified) {}
}
