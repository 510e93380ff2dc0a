package io.mailflow.cli;

import io.mailflow.config.DurationText;
import io.mailflow.config.NearWords;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, as this program says things: what was written, and what is expected. */
final class WrongUsage {

    private static final int SUGGESTIONS = 3;

    private WrongUsage() {}

    /** Makes a command line read its values so that what is wrong with one can be said. */
    static void registerConverters(CommandLine commandLine) {
        ITypeConverter<Integer> whole = text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("a whole number");
            }
        };
        ITypeConverter<Long> large = text -> {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("a whole number");
            }
        };
        commandLine.registerConverter(Integer.class, whole);
        commandLine.registerConverter(int.class, whole);
        commandLine.registerConverter(Long.class, large);
        commandLine.registerConverter(long.class, large);
        commandLine.registerConverter(Instant.class, text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("a time in UTC such as 2026-01-05T12:00:00Z");
            }
        });
        commandLine.registerConverter(
                Duration.class,
                text -> DurationText.read(text)
                        .orElseThrow(() -> new TypeConversionException("a duration " + DurationText.FORMS)));
        commandLine.registerConverter(URI.class, text -> {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new TypeConversionException("an address such as http://127.0.0.1:9093");
            }
        });
    }

    /** What is wrong, in one sentence. */
    static String sentence(ParameterException wrong, String[] args) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, wrong.getCommandLine().getCommandSpec());
        }
        if (wrong instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
            return option.longestName() + " is given more than once; give it once.";
        }
        if (wrong instanceof MissingParameterException missing) {
            return missing.getMissing().stream()
                    .map(arg -> missing(arg, command, List.of(args)))
                    .collect(Collectors.joining(" "));
        }
        ArgSpec arg = wrong.getArgSpec();
        String value = wrong.getValue();
        return arg == null || value == null
                ? String.valueOf(wrong.getMessage())
                : isNot(name(arg), value, expected(arg, wrong));
    }

    /** A value that cannot be taken, and what could be. */
    static String isNot(String name, Object value, String expected) {
        return name + " is '" + Printable.brief(String.valueOf(value), 100) + "'; expected " + expected + ".";
    }

    /** What may have been meant, best first; empty where nothing is near. */
    static List<String> suggestions(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return List.of();
        }
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        Stream<String> known = unmatched.isUnknownOption()
                ? command.optionsMap().keySet().stream()
                : command.subcommands().entrySet().stream()
                        .filter(sub ->
                                !sub.getValue().getCommandSpec().usageMessage().hidden())
                        .map(Map.Entry::getKey);
        return NearWords.to(unmatched.getUnmatched().get(0), known.toList()).stream()
                .limit(SUGGESTIONS)
                .toList();
    }

    /** A command needs something that is described where it is declared. */
    static String needs(String command, ArgSpec arg) {
        String[] description = arg.description();
        return command + " needs " + name(arg) + (description.length == 0 ? "." : ": " + description[0].strip());
    }

    private static String unmatched(UnmatchedArgumentException wrong, CommandSpec command) {
        String first = "'" + Printable.brief(wrong.getUnmatched().get(0), 100) + "'";
        if (wrong.isUnknownOption()) {
            return command.qualifiedName() + " has no option " + first + ".";
        }
        return command.subcommands().isEmpty()
                ? command.qualifiedName() + " takes no " + first + " here."
                : command.qualifiedName() + " has no command " + first + ".";
    }

    private static String missing(ArgSpec arg, String command, List<String> args) {
        if (arg instanceof OptionSpec option && Arrays.stream(option.names()).anyMatch(args::contains)) {
            return name(arg) + " needs a value: " + name(arg) + " " + arg.paramLabel() + ".";
        }
        return arg instanceof OptionSpec
                ? command + " needs " + name(arg) + " " + arg.paramLabel() + "."
                : needs(command, arg);
    }

    private static String expected(ArgSpec arg, ParameterException wrong) {
        Class<?> type = arg.type();
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(each -> each.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "no value, only the option";
        }
        return wrong.getCause() instanceof TypeConversionException said && said.getMessage() != null
                ? said.getMessage()
                : arg.paramLabel();
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }
}
