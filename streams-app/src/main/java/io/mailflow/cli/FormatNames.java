package io.mailflow.cli;

import io.mailflow.ingest.InputFormat;
import io.mailflow.ingest.ReadOptions;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code --format} takes. */
final class FormatNames implements Iterable<String> {

    private static final String AUTO = "auto";

    @Override
    public Iterator<String> iterator() {
        return Stream.concat(
                        Stream.of(AUTO), Arrays.stream(InputFormat.values()).map(InputFormat::id))
                .iterator();
    }

    /** The options with the format of this name; a name that nobody knows is wrong usage. */
    static ReadOptions apply(String name, ReadOptions options, CommandSpec spec) {
        if (name.equals(AUTO)) {
            return options;
        }
        try {
            return options.withFormat(InputFormat.named(name));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
