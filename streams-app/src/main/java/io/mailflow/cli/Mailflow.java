package io.mailflow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's entry. Its help lists the exit codes; the README's chapter for scripts says the same. */
@Command(
        name = "mailflow",
        description = "Tells which mail connectors fail, why, how many messages wait, when they expire and what to do.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes of every command:%n",
        exitCodeList = {
            "0:Done.",
            "1:It could not be done, or not wholly; standard error says why.",
            "2:Wrong usage: a command, option or value that is none. Nothing was begun.",
            "130:Stopped by Ctrl-C; 143 by SIGTERM. run, demo and ingest --follow go on from there at their next start."
        },
        subcommands = {
            // One command per line, in the order of the help.
            DemoCommand.class,
            AnalyzeCommand.class,
            ExplainCommand.class,
            RunCommand.class,
            IngestCommand.class,
            ConnectorsCommand.class,
            AlertsCommand.class,
            CatalogueCommand.class,
            SimulateCommand.class,
            TopicsCommand.class,
            DeadLettersCommand.class,
            ExportCommand.class
        })
public final class Mailflow implements Runnable {

    /** Done. */
    public static final int DONE = 0;

    /** It could not be done, or not wholly. */
    public static final int FAILED = 1;

    /** Wrong usage. */
    public static final int WRONG_USAGE = 2;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say on standard error what is being done.")
    @SuppressWarnings("UnusedVariable") // main acts on it
    private boolean verbose;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error and Kafka's own warnings.")
    private boolean debug;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // Before any class asks for a logger: its level is read once, when the first one is made.
        List<String> arguments = List.of(args);
        if (arguments.contains("-v") || arguments.contains("--verbose")) {
            System.setProperty("mailflow.log.level", "INFO");
        }
        if (arguments.contains("--debug")) {
            System.setProperty("mailflow.kafka.log.level", "WARN");
        }
        System.exit(commandLine().execute(args));
    }

    /** The command line with its ways of reporting errors, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Mailflow());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setUsageHelpWidth(TextWidth.ELSEWHERE);
        WrongUsage.registerConverters(commandLine);
        commandLine.setParameterExceptionHandler(Mailflow::reportWrongUsage);
        commandLine.setExecutionExceptionHandler(Mailflow::reportFailure);
        return commandLine;
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int reportWrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(WrongUsage.sentence(e, args)));
        List<String> meant = WrongUsage.suggestions(e);
        if (!meant.isEmpty()) {
            err.println("Did you mean " + String.join(" or ", meant) + "?");
        } else if (command.getParent() == null) {
            command.usage(err);
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return WRONG_USAGE;
    }

    private static int reportFailure(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(sentence(e)));
        Mailflow root = (Mailflow) command.getCommandSpec().root().userObject();
        if (root.debug) {
            err.println(command.getColorScheme().richStackTraceString(e));
        }
        err.flush();
        return FAILED;
    }

    /** What the user reads. Our own exceptions and those about files say it themselves; the rest is our mistake. */
    private static String sentence(Exception e) {
        String message = e.getMessage();
        Throwable ioFailure = e instanceof UncheckedIOException ? e.getCause() : e;
        if (ioFailure instanceof NoSuchFileException missing) {
            return "There is no file " + missing.getFile();
        }
        if (ioFailure instanceof FileAlreadyExistsException existing) {
            return "There is already a file " + existing.getFile();
        }
        if (ioFailure instanceof FileSystemException file && file.getReason() == null) {
            return "Cannot use " + file.getFile() + ": " + file.getClass().getSimpleName();
        }
        if (ioFailure instanceof IOException && ioFailure.getMessage() != null) {
            return ioFailure.getMessage();
        }
        if (message != null && e.getClass().getName().startsWith("io.mailflow.")) {
            return message;
        }
        return "Unexpected error, a mistake in this program (--debug shows where): " + e;
    }
}
