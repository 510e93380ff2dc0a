package io.mailflow.catalogue;

import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Remediation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What to do about every failure, in every language. Immutable but for its count of missing texts; every code and cause
 * has an answer.
 */
public final class Catalogue {

    private static final class Shipped {
        static final Catalogue CATALOGUE = read(null);
    }

    private final Structure structure;
    private final EntryIndex index;
    private final Map<String, Texts> texts;
    private final AtomicLong fallbacks;
    private final List<String> written;

    private Catalogue(Structure structure, Map<String, Texts> texts, AtomicLong fallbacks, List<String> written) {
        this.structure = structure;
        this.index = EntryIndex.of(structure.all().entries());
        this.texts = texts;
        this.fallbacks = fallbacks;
        this.written = written;
    }

    /** The catalogue that comes with the program. */
    public static Catalogue shipped() {
        return Shipped.CATALOGUE;
    }

    /**
     * The catalogue that comes with the program, with a site's folder on top.
     *
     * @param folder with {@code structure/*.yaml} and {@code texts/LANGUAGE.yaml}, or null for none
     * @throws CatalogueException naming file and line of everything that is wrong
     */
    public static Catalogue load(@Nullable Path folder) {
        return folder == null ? shipped() : read(folder);
    }

    private static Catalogue read(@Nullable Path folder) {
        List<CatalogueSource> files = new ArrayList<>(CatalogueSource.shippedStructure());
        List<CatalogueSource> own = folder == null ? List.of() : CatalogueSource.texts(folder);
        if (folder != null) {
            files.addAll(CatalogueSource.structure(folder));
        }
        AtomicLong fallbacks = new AtomicLong();
        Map<String, Texts> texts = new LinkedHashMap<>();
        for (String language : Languages.SHIPPED) {
            List<CatalogueSource> sources = new ArrayList<>();
            CatalogueSource.shippedTexts(language).ifPresent(sources::add);
            own.stream().filter(file -> isOf(language, file)).forEach(sources::add);
            texts.put(language, Texts.read(language, sources, texts.get(Languages.ENGLISH), fallbacks));
        }
        Structure structure = Structure.of(files);
        List<Problem> problems = new ArrayList<>(StructureCheck.problems(structure));
        if (folder != null) {
            problems.addAll(CatalogueSource.unread(folder));
        }
        problems.addAll(TextsCheck.problems(structure, Objects.requireNonNull(texts.get(Languages.ENGLISH))));
        texts.values()
                .forEach(other -> problems.addAll(
                        TextsCheck.unusable(other, Objects.requireNonNull(texts.get(Languages.ENGLISH)))));
        own.stream()
                .filter(file -> Languages.SHIPPED.stream().noneMatch(language -> isOf(language, file)))
                .forEach(file -> problems.add(new Problem(
                        file.name(),
                        0,
                        "is named for no language of the catalogue; expected one of "
                                + String.join(", ", Languages.SHIPPED) + " and .yaml")));
        if (!problems.isEmpty()) {
            throw new CatalogueException(problems);
        }
        List<String> written = Languages.SHIPPED.stream()
                .filter(language -> folder == null || own.stream().anyMatch(file -> isOf(language, file)))
                .toList();
        Catalogue catalogue = new Catalogue(structure, texts, fallbacks, written);
        List<Problem> unanswered = catalogue.unansweredExamples();
        if (!unanswered.isEmpty()) {
            throw new CatalogueException(unanswered);
        }
        return catalogue;
    }

    /** Examples that another entry answers than the one that gives them. */
    private List<Problem> unansweredExamples() {
        List<Problem> problems = new ArrayList<>();
        structure.all().entries().forEach((id, entry) -> {
            Reply reply = ReplyParser.parse(Objects.requireNonNull(entry.example()));
            String answers = index.find(
                            reply.code(), reply.text(), reply.cause().orElse(null))
                    .id();
            if (!answers.equals(id)) {
                problems.add(structure.problem(
                        "entries." + id + ".example",
                        "is answered by " + answers + ", as its code is " + reply.code()
                                + "; expected is a text with one of the entry's codes in which its text is found"));
            }
        });
        return problems;
    }

    private static boolean isOf(String language, CatalogueSource file) {
        Path name = Path.of(file.name()).getFileName();
        return name != null && name.toString().equals(language + ".yaml");
    }

    /** Ids of all entries, in the order of the files. */
    public Set<String> entries() {
        return structure.all().entries().keySet();
    }

    /** Ids of all causes, in the order of the files. */
    public Set<String> causes() {
        return structure.all().causes().keySet();
    }

    /** The texts of a language, English where the catalogue has none in it. */
    public Texts texts(String language) {
        return Objects.requireNonNull(texts.getOrDefault(language, texts.get(Languages.ENGLISH)));
    }

    /** How many texts were taken from English so far, because another language lacked them. */
    public long fallbacks() {
        return fallbacks.get();
    }

    /** The entry that answers, with what nobody knows answered by the generic one. */
    public String entry(Situation situation) {
        return match(situation).id();
    }

    /** Whether only the generic entry answers, and no reply names a cause either. */
    public boolean isGeneric(Situation situation) {
        return topCause(situation) == null && match(situation).entry().codes().contains(EntryIndex.ANY_OTHER);
    }

    /** Whether an entry lists the code, so that it does not depend on its texts whether it has an answer of its own. */
    public boolean lists(String code) {
        return !match(Situation.of(code)).entry().codes().contains(EntryIndex.ANY_OTHER);
    }

    /** Whether this is written like a code: {@code 450 4.4.316}, {@code 4.4.316}, {@code 450} or {@code none}. */
    public static boolean isCode(String word) {
        return EntryIndex.isSingleCode(word);
    }

    /**
     * Ids of the entries that answer a code, where several do each for certain texts or causes, in the order of the
     * files; the generic entry where none lists it.
     */
    public List<String> entriesFor(String code) {
        return index.listing(code);
    }

    /** Every entry as it answers its own example, in a language. */
    public List<Remediation> all(String language) {
        return structure.all().entries().values().stream()
                .map(entry -> Situation.of(ReplyParser.parse(Objects.requireNonNull(entry.example()))))
                .map(situation -> remedy(situation, language))
                .toList();
    }

    /** Who must act, without the words. */
    public Owner owner(Situation situation) {
        return remedyOf(situation).owner();
    }

    /** What to do, in a language. */
    public Remediation remedy(Situation situation, String language) {
        Remedy remedy = remedyOf(situation);
        CauseRanking ranking =
                new CauseRanking(structure.all().likely(), situation.clues(), situation.relation(), remedy.platform());
        return new Rendering(structure, texts(language))
                .remediation(
                        match(situation).id(),
                        topCause(situation),
                        remedy,
                        ranking.rank(situation.causes(), remedy::likelyOf, remedy.likely()),
                        Facts.of(situation));
    }

    /**
     * The same remediation in another language, by its ids and parameters. One that names an entry this catalogue does
     * not have, or that an earlier version wrote without parameters, is left as it is.
     */
    public Remediation in(String language, Remediation remediation) {
        if (!structure.all().entries().containsKey(remediation.entry())
                || remediation.parameters().isEmpty()) {
            return remediation;
        }
        Map<String, String> facts = remediation.parameters();
        Remedy remedy = new Remedy(
                structure,
                facts.getOrDefault("code", ""),
                remediation.entry(),
                remediation.cause(),
                Facts.relation(facts),
                Facts.platform(facts));
        return new Rendering(structure, texts(language))
                .remediation(remediation.entry(), remediation.cause(), remedy, remediation.ranking(), facts);
    }

    /**
     * The same remediation with its likely causes ranked once more, by clues that were not known when it was written.
     * Whoever has them says so before or after it is put into another language; said twice, they count once.
     */
    public Remediation with(Set<Clue> clues, Remediation remediation) {
        List<String> causes = remediation.causes();
        if (clues.isEmpty() || causes.size() != remediation.ranking().size()) {
            return remediation;
        }
        List<CauseRanking.Again> ranked =
                CauseRanking.again(remediation.ranking(), clues, structure.all().likely());
        return new Remediation(
                remediation.entry(),
                remediation.cause(),
                remediation.owner(),
                remediation.title(),
                ranked.stream().map(likely -> causes.get(likely.before())).toList(),
                remediation.steps(),
                remediation.takesEffect(),
                remediation.verify(),
                remediation.explanation(),
                remediation.giveUp(),
                remediation.language(),
                ranked.stream().map(CauseRanking.Again::cause).toList(),
                remediation.links(),
                remediation.parameters());
    }

    /**
     * What is missing in each language in which the site wrote texts, or without a folder in all; empty where all is
     * there.
     */
    public List<Problem> incomplete() {
        Texts english = texts(Languages.ENGLISH);
        return texts.values().stream()
                .filter(other -> written.contains(other.language()))
                .flatMap(other -> TextsCheck.incomplete(other, english).stream())
                .toList();
    }

    /** Languages in which the site wrote nothing: what it wrote in English is read in English there. */
    public List<String> unwritten() {
        return Languages.SHIPPED.stream()
                .filter(language -> !written.contains(language))
                .toList();
    }

    /** Codes that an entry answers, as its file spells them. */
    public List<String> codes(String entry) {
        StructureFile.Entry known = structure.all().entries().get(entry);
        return known == null ? List.of() : known.codes();
    }

    /** A real or documented text that an entry answers. */
    public Optional<String> example(String entry) {
        return Optional.ofNullable(structure.all().entries().get(entry)).map(StructureFile.Entry::example);
    }

    /** What is behind an entry's id. */
    Structure structure() {
        return structure;
    }

    EntryIndex index() {
        return index;
    }

    private Remedy remedyOf(Situation situation) {
        return new Remedy(
                structure,
                situation.code(),
                match(situation).id(),
                topCause(situation),
                situation.relation(),
                situation.platform());
    }

    private EntryIndex.Match match(Situation situation) {
        return index.find(situation.code(), situation.text(), topCause(situation));
    }

    private static @Nullable String topCause(Situation situation) {
        return situation.causes().isEmpty() ? null : situation.causes().get(0).cause();
    }
}
