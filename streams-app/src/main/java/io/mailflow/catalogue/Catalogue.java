package io.mailflow.catalogue;

import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyClass;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to do about every failure, in one language. Immutable; every code and cause has an answer.
 *
 * <p>A known cause decides, because wrappers such as {@code 4.4.317} or {@code 5.4.300} say only that something failed;
 * an entry that lists the code may keep causes for itself. Without a known cause the code decides, and a code nobody
 * listed gets the generic entry with what RFC 3463 says of it.
 */
public final class Catalogue {

    /** Entry for 2xx replies. */
    static final String ACCEPTED = "accepted";

    /** Entry for codes that no other entry lists. */
    static final String ANY_OTHER_CODE = "any-other-code";

    private static final class English {
        static final Catalogue CATALOGUE = load(Locale.ENGLISH);
    }

    private final CatalogueFile file;
    private final Codes codes;
    private final Map<String, String> entryByCause = new HashMap<>();

    private Catalogue(String name, CatalogueFile file) {
        this.file = file;
        this.codes = Codes.of(name, file.entries());
        file.entries().forEach((id, entry) -> entry.causes().forEach(cause -> entryByCause.put(cause, id)));
    }

    /** The English catalogue. */
    public static Catalogue english() {
        return English.CATALOGUE;
    }

    /**
     * The catalogue in a language: the file of the full tag, else of the language alone, else English.
     *
     * @throws CatalogueException if the file cannot be used
     */
    public static Catalogue load(Locale locale) {
        for (String tag : List.of(locale.toLanguageTag(), locale.getLanguage(), "en")) {
            try (InputStream yaml = Catalogue.class.getResourceAsStream(tag + ".yaml")) {
                if (yaml != null) {
                    return read(tag + ".yaml", yaml);
                }
            } catch (IOException closing) {
                throw new UncheckedIOException(closing);
            }
        }
        throw new CatalogueException("en.yaml is missing from the program; build it again");
    }

    /** Reads a file; the name is for errors. */
    static Catalogue read(String name, InputStream yaml) {
        return new Catalogue(name, CatalogueFile.read(name, yaml));
    }

    /** Ids of all entries, in the order of the file. */
    public Set<String> entries() {
        return file.entries().keySet();
    }

    /** BCP 47 tag of the language it is in. */
    public String language() {
        return file.language();
    }

    /** Whether an entry lists the code, so that failures with it need not get the generic entry. */
    public boolean lists(String code) {
        return codes.entry(code).isPresent();
    }

    /** What each entry says without any evidence, for its first code, in the order of the file. */
    public List<Remediation> all() {
        return file.entries().keySet().stream()
                .map(id -> render(id, codes.firstOf(id), Situation.UNKNOWN))
                .toList();
    }

    /** What to do about one reply; its own cause and destination come first, the situation's fill what it lacks. */
    public Remediation remedy(Reply reply, Situation situation) {
        List<String> causes = new ArrayList<>();
        reply.cause().ifPresent(causes::add);
        situation.causes().stream().filter(cause -> !causes.contains(cause)).forEach(causes::add);
        Destination destination = reply.destination().orElse(situation.destination());
        return remedy(reply.code(), new Situation(situation.relation(), destination, causes));
    }

    /**
     * What to do about all failures with a code.
     *
     * @param causesMostFrequentFirst tokens read from their replies
     * @param relation whose server stands at the other end, if registered
     * @param destination the server most of them failed at, if known
     */
    public Remediation remedy(
            String code,
            List<String> causesMostFrequentFirst,
            @Nullable Relation relation,
            @Nullable Destination destination) {
        return remedy(code, new Situation(relation, destination, causesMostFrequentFirst));
    }

    /** What to do about failures with a code in a situation. */
    public Remediation remedy(String code, Situation situation) {
        return render(entryId(code, situation.causes()), code, situation);
    }

    private Remediation render(String id, String code, Situation situation) {
        Entry entry = Objects.requireNonNull(file.entries().get(id));
        Map<String, String> facts = Facts.of(code, situation.destination(), file);
        return new Remediation(
                id,
                situation.causes().isEmpty() ? null : situation.causes().get(0),
                entry.owner(situation.relation()),
                Template.fill(entry.title(), facts),
                likely(entry, situation, facts),
                steps(entry, situation.relation(), facts),
                entry.takesEffect() == null ? null : Template.fill(entry.takesEffect(), facts),
                Template.fill(entry.verify(), facts));
    }

    private String entryId(String code, List<String> causes) {
        if (ReplyClass.of(code) == ReplyClass.POSITIVE) {
            return ACCEPTED;
        }
        Optional<String> byCode = codes.entry(code);
        for (String cause : causes) {
            if (byCode.map(file.entries()::get)
                    .filter(entry -> entry.keeps().contains(cause))
                    .isPresent()) {
                return byCode.get();
            }
            String byCause = entryByCause.get(cause);
            if (byCause != null) {
                return byCause;
            }
        }
        return byCode.orElse(ANY_OTHER_CODE);
    }

    /** Those the evidence points to first, the most frequent of them leading; the file's order otherwise. */
    private static List<String> likely(Entry entry, Situation situation, Map<String, String> facts) {
        return entry.likely().stream()
                .filter(likely -> likely.relation() == null
                        || situation.relation() == null
                        || likely.relation() == situation.relation())
                .sorted(Comparator.comparingInt(likely -> rank(likely, situation.causes())))
                .map(likely -> Template.fill(likely.text(), facts))
                .toList();
    }

    private static int rank(Entry.Likely likely, List<String> causes) {
        return likely.when().stream()
                .mapToInt(causes::indexOf)
                .filter(index -> index >= 0)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private List<Remediation.Step> steps(Entry entry, @Nullable Relation relation, Map<String, String> facts) {
        List<Entry.Instruction> steps = new ArrayList<>(entry.check());
        boolean somethingToMend = !entry.ours().isEmpty() || !entry.theirs().isEmpty();
        if (relation == Relation.PARTNER) {
            steps.addAll(entry.theirs());
            steps.addAll(somethingToMend ? file.partnerSteps() : List.of());
        } else {
            steps.addAll(entry.ours());
            steps.addAll(somethingToMend && relation == null ? file.unknownRelationSteps() : List.of());
        }
        return steps.stream()
                .map(step -> new Remediation.Step(
                        Template.fill(step.text(), facts),
                        step.command() == null ? null : Template.fill(step.command(), facts)))
                .toList();
    }
}
