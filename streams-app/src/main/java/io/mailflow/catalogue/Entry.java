package io.mailflow.catalogue;

import io.mailflow.schema.Owner;
import io.mailflow.schema.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a catalogue file; the head of {@code en.yaml} explains each key. A key that is left out is an empty
 * list or null.
 */
record Entry(
        List<String> codes,
        List<String> causes,
        List<String> keeps,
        Owner owner,
        @Nullable Owner ownerIfOnPremises,
        @Nullable Owner ownerIfPartner,
        String title,
        List<Likely> likely,
        List<Instruction> check,
        List<Instruction> ours,
        List<Instruction> theirs,
        @Nullable String takesEffect,
        String verify) {

    Entry {
        codes = orEmpty(codes);
        causes = orEmpty(causes);
        keeps = orEmpty(keeps);
        likely = orEmpty(likely);
        check = orEmpty(check);
        ours = orEmpty(ours);
        theirs = orEmpty(theirs);
    }

    /**
     * A likely cause.
     *
     * @param text the cause in words
     * @param when tokens in the evidence that point to it
     * @param relation only for such servers, or null for all
     */
    record Likely(String text, List<String> when, @Nullable Relation relation) {
        Likely {
            when = orEmpty(when);
        }
    }

    /** A step before its placeholders are filled. */
    record Instruction(String text, @Nullable String command) {}

    /** Who must act: at a partner's server the partner, unless the sender must or the entry names somebody. */
    Owner owner(@Nullable Relation relation) {
        if (relation == Relation.ON_PREMISES && ownerIfOnPremises != null) {
            return ownerIfOnPremises;
        }
        if (relation == Relation.ON_PREMISES && owner == Owner.REMOTE_ORGANISATION) {
            return Owner.OUR_ADMIN;
        }
        if (relation == Relation.PARTNER && ownerIfPartner != null) {
            return ownerIfPartner;
        }
        return relation == Relation.PARTNER && owner == Owner.OUR_ADMIN ? Owner.REMOTE_ORGANISATION : owner;
    }

    /** Jackson hands null for a key that the file leaves out. */
    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
