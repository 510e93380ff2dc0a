package io.mailflow.guarantees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a guarantee was tested with and what was found, for {@code ./test} to print at its end. */
final class Numbers {

    private static final Path FILE = Path.of("target", "guarantees.txt");

    private Numbers() {}

    /** Adds to it. */
    static void tell(String text) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    text + System.lineSeparator(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
