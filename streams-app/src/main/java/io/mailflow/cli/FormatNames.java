package io.mailflow.cli;

import io.mailflow.ingest.InputFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

/** What {@code --format} takes. */
final class FormatNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Stream.concat(
                        Stream.of("auto"), Arrays.stream(InputFormat.values()).map(InputFormat::id))
                .iterator();
    }
}
