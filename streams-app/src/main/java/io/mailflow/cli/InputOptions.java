package io.mailflow.cli;

import io.mailflow.format.InputFormat;
import io.mailflow.ingest.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which inputs are read and how, for every command that reads trace files ({@code @Mixin}). */
final class InputOptions {

    private static final String AUTO = "auto";

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|DIR|GLOB|-",
            description = "Trace files, folders of them, globs, or - for standard input.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "auto|NAME",
            defaultValue = AUTO,
            description = "Format of every input: ${COMPLETION-CANDIDATES}. Default: recognised by content.",
            completionCandidates = Names.class)
    private String format = AUTO;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Organisation of every event. Default: what the inputs name, else default.")
    private @Nullable String tenant;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What {@code --format} takes. */
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Stream.concat(
                            Stream.of(AUTO), Arrays.stream(InputFormat.values()).map(InputFormat::id))
                    .iterator();
        }
    }

    /** What was named, nothing included. */
    List<String> inputs() {
        return inputs;
    }

    /**
     * What was named.
     *
     * @throws ParameterException if nothing was
     */
    List<String> required() {
        if (inputs.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    WrongUsage.needs(
                            spec.qualifiedName(), spec.positionalParameters().get(0)));
        }
        return inputs;
    }

    /**
     * The options with format and tenant as given.
     *
     * @throws ParameterException if nobody knows the format, or the tenant has no name
     */
    ReadOptions apply(ReadOptions options) {
        if (tenant != null && tenant.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), WrongUsage.isNot("--tenant", tenant, "the name of an organisation"));
        }
        ReadOptions read = tenant == null ? options : options.withTenant(tenant);
        if (format.equals(AUTO)) {
            return read;
        }
        try {
            return read.withFormat(InputFormat.named(format));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
