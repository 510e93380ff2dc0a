package io.mailflow.catalogue;

import io.mailflow.reply.ReplyParser;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold of the structure before it is used, so that no alert meets a hole in it. */
final class StructureCheck {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

    private final Structure structure;
    private final StructureFile all;
    private final List<Problem> problems = new ArrayList<>();

    private StructureCheck(Structure structure) {
        this.structure = structure;
        this.all = structure.all();
    }

    /** Everything that is wrong. */
    static List<Problem> problems(Structure structure) {
        StructureCheck check = new StructureCheck(structure);
        check.ids();
        check.all.entries().forEach(check::entry);
        check.all.causes().forEach(check::cause);
        check.all.steps().forEach((id, step) -> check.commands("steps." + id, step));
        check.all.links().forEach(check::link);
        check.oneEntryPerCodeAndText();
        check.everyCauseAnswered();
        check.all.finalVerify().forEach((from, to) -> {
            if (check.all.causes().values().stream().noneMatch(cause -> from.equals(cause.verify()))
                    && check.all.entries().values().stream().noneMatch(entry -> from.equals(entry.verify()))) {
                check.report("finalVerify." + from, "replaces what no entry and no cause has as verify");
            }
        });
        check.known("partnerSteps", check.all.partnerSteps(), check.all.steps().keySet());
        check.known(
                "unknownRelationSteps",
                check.all.unknownRelationSteps(),
                check.all.steps().keySet());
        return check.problems;
    }

    private void ids() {
        Map<String, Set<String>> sections = Map.of(
                "entries", all.entries().keySet(),
                "causes", all.causes().keySet(),
                "likely", all.likely().keySet(),
                "steps", all.steps().keySet(),
                "links", all.links().keySet());
        sections.forEach((section, ids) -> ids.stream()
                .filter(id -> !ID.matcher(id).matches())
                .forEach(id ->
                        report(section + "." + id, "is no id; expected lower-case words with hyphens between them")));
        for (String reserved : List.of(EntryIndex.ACCEPTED, EntryIndex.ANY_OTHER)) {
            if (all.entries().values().stream().noneMatch(entry -> entry.codes().contains(reserved))) {
                report("entries", "have none for the code " + reserved);
            }
        }
    }

    private void entry(String id, StructureFile.Entry entry) {
        String where = "entries." + id;
        if (entry.codes().isEmpty()) {
            report(where, "lists no codes; expected is one at least");
        }
        entry.codes().stream()
                .filter(codes -> !EntryIndex.isCode(codes))
                .forEach(codes -> report(
                        where + ".codes",
                        "has \"" + codes + "\"; expected is a code such as 4.4.316 or 550 4.4.7, a range such as"
                                + " 4.7.500-699, or a reply code such as 421"));
        if (entry.text() != null) {
            try {
                Pattern.compile(entry.text());
            } catch (PatternSyntaxException broken) {
                report(where + ".text", "is no regular expression: " + broken.getDescription());
            }
        }
        if (entry.firstStep() == null) {
            report(where, "has no firstStep");
        } else {
            commands(where + ".firstStep", entry.firstStep());
        }
        if (entry.cause() == null && (entry.owner() == null || entry.verify() == null || entry.giveUp() == null)) {
            report(where, "implies no cause, so it needs owner, verify and giveUp of its own");
        }
        if (entry.cause() == null && entry.likely().isEmpty()) {
            report(where, "implies no cause, so it needs likely of its own");
        }
        if (entry.example() == null || entry.example().isBlank()) {
            report(where, "has no example of a text that it answers");
        }
        known(
                where + ".cause",
                Stream.ofNullable(entry.cause()).toList(),
                all.causes().keySet());
        known(where + ".keeps", entry.keeps(), all.causes().keySet());
        known(where + ".selectedBy", entry.selectedBy(), all.causes().keySet());
        known(where + ".links", entry.links(), all.links().keySet());
        known(where + ".standsFor", entry.standsFor(), all.steps().keySet());
        plan(where, entry.plan());
    }

    private void cause(String id, StructureFile.Cause cause) {
        String where = "causes." + id;
        if (cause.owner() == null || cause.verify() == null || cause.giveUp() == null || cause.takesEffect() == null) {
            report(where, "needs owner, verify, giveUp and takesEffect");
        }
        if (cause.likely().isEmpty() || cause.check().isEmpty()) {
            report(where, "needs one likely and one check at least");
        }
        known(where + ".links", cause.links(), all.links().keySet());
        plan(where, cause.plan());
    }

    private void plan(String where, StructureFile.Plan plan) {
        known(where + ".likely", plan.likely(), all.likely().keySet());
        known(where + ".check", plan.check(), all.steps().keySet());
        known(where + ".ours", plan.ours(), all.steps().keySet());
        known(where + ".theirs", plan.theirs(), all.steps().keySet());
    }

    private void commands(String where, Step step) {
        Set<String> fillable = new HashSet<>(Facts.NAMES);
        fillable.addAll(Facts.MADE);
        fillable.addAll(Facts.ASKED);
        Stream.of(step.powershell(), step.exchangeOnline(), step.exchangeServer(), step.sh())
                .filter(line -> line != null)
                .map(line -> new Command(line, Command.Shell.POSIX))
                .flatMap(command -> command.placeholders().stream())
                .filter(name -> !fillable.contains(name))
                .forEach(name ->
                        report(where, "has the placeholder {" + name + "}; known are " + new TreeSet<>(fillable)));
    }

    private void link(String id, StructureFile.Link link) {
        String url = link.url();
        if (url == null || !isWebAddress(url)) {
            report("links." + id + ".url", "is \"" + url + "\"; expected is an address that begins with https://");
        }
        if (link.verified() == null) {
            report("links." + id, "has no verified; expected is the date on which somebody last saw the page");
        }
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private void oneEntryPerCodeAndText() {
        Map<String, String> owners = new HashMap<>();
        all.entries()
                .forEach((id, entry) -> new LinkedHashSet<>(entry.codes())
                        .stream()
                                .filter(EntryIndex::isCode)
                                .flatMap(codes -> EntryIndex.expanded(codes).stream())
                                .distinct()
                                .forEach(code -> claim(owners, id, code, entry.text())));
    }

    private void claim(Map<String, String> owners, String id, String code, @Nullable String text) {
        String other = owners.putIfAbsent(code + " " + text, id);
        if (other != null) {
            report(
                    "entries." + id + ".codes",
                    "claim " + code + " as entries." + other + " does; expected is one entry, or a text that tells them"
                            + " apart");
        }
    }

    private void everyCauseAnswered() {
        Set<String> unanswered = new TreeSet<>(ReplyParser.causes());
        unanswered.removeAll(all.causes().keySet());
        unanswered.forEach(cause -> report("causes", "lack " + cause + ", which replies can name"));
    }

    private void known(String where, List<String> ids, Set<String> known) {
        ids.stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> report(where, "names " + id + ", which is defined nowhere"));
    }

    private void report(String key, String message) {
        problems.add(structure.problem(key, message));
    }
}
