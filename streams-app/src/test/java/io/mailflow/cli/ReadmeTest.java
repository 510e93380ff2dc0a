package io.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.TopicSpec;
import io.mailflow.naming.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the README shows exists: a reader who types it off gets no error. */
class ReadmeTest {

    private static final Pattern COMMAND_LINE = Pattern.compile("(?m)^(?:\\$ )?\\./mailflow (.+)$");
    /** A command named in running text, such as {@code `analyze --json`}. */
    private static final Pattern INLINE_COMMAND = Pattern.compile(
            "`(?:\\./mailflow )?((?:demo|analyze|explain|ingest|run|topics|connectors|dead-letters)(?: [^`]*)?)`");

    private static final Pattern INLINE_OPTION = Pattern.compile("`(--[a-z-]+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");
    private static final Pattern TOPIC = Pattern.compile("mailflow\\.[a-z]+(?:-[a-z]+)*");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");

    /** Matches the pattern of topic names, but is a file. */
    private static final String CONFIGURATION = "mailflow.yaml";

    private static Path root = Path.of("");
    private static String readme = "";

    @BeforeAll
    static void readReadme() throws IOException {
        // Maven runs tests in the module's folder, an editor perhaps in the project's.
        Path here = Path.of("").toAbsolutePath();
        root = Files.exists(here.resolve("mvnw")) ? here : here.resolve("..").normalize();
        readme = Files.readString(root.resolve("README.md"));
    }

    @Test
    void shouldParseEveryCommandLineShown() {
        List<String> lines = matches(COMMAND_LINE);
        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(lines)
                .allSatisfy(line -> assertThat(parsed(line).subcommand()).isNotNull());
    }

    @Test
    void shouldNameExistingSubcommandsAndOptionsInText() {
        List<String> mentions = matches(INLINE_COMMAND);
        assertThat(mentions).isNotEmpty();
        assertThat(mentions).allSatisfy(mention -> {
            CommandLine command = Mailflow.commandLine();
            for (String word : words(mention)) {
                if (word.startsWith("--")) {
                    assertThat(command.getCommandSpec().optionsMap()).containsKey(word);
                } else {
                    command = command.getSubcommands().getOrDefault(word, command);
                }
            }
            assertThat(command.getParent()).isNotNull();
        });
        Set<String> known = new TreeSet<>();
        collectOptions(Mailflow.commandLine(), known);
        assertThat(known).containsAll(matches(INLINE_OPTION));
    }

    @Test
    void shouldFindEveryFileThatIsLinkedOrUsed() {
        List<String> links =
                matches(LINK).stream().filter(link -> !link.startsWith("http")).toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(root.resolve(link)).exists());
        List<String> used = matches(COMMAND_LINE).stream()
                .flatMap(line -> words(line).stream())
                .filter(word -> word.startsWith("docs/") || word.startsWith("deploy/"))
                .toList();
        assertThat(used)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(root.resolve(file)).exists());
    }

    @Test
    void shouldListExactlyTheTopicsThereAre() {
        Set<String> named = TOPIC.matcher(readme)
                .results()
                .map(MatchResult::group)
                .filter(name -> !name.equals(CONFIGURATION))
                .collect(Collectors.toSet());
        assertThat(named)
                .isEqualTo(Topics.all(MailflowConfig.DEFAULT.kafka()).stream()
                        .map(TopicSpec::name)
                        .collect(Collectors.toSet()));
    }

    private static List<String> matches(Pattern pattern) {
        return pattern.matcher(readme).results().map(match -> match.group(1)).toList();
    }

    private static CommandLine.ParseResult parsed(String line) {
        return Mailflow.commandLine().parseArgs(words(line).toArray(String[]::new));
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(MatchResult::group).toList();
    }

    private static void collectOptions(CommandLine command, Set<String> options) {
        options.addAll(command.getCommandSpec().optionsMap().keySet());
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            collectOptions(sub.getValue(), options);
        }
    }
}
