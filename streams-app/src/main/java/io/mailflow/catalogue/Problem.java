package io.mailflow.catalogue;

/**
 * What is wrong with a catalogue file.
 *
 * @param file its name
 * @param line where, from 1, or 0 where it is about the whole file
 * @param message what is wrong and what is expected
 */
public record Problem(String file, int line, String message) {

    /** {@code structure/entries.yaml, line 12: …}. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ", line " + line + ": " + message;
    }
}
