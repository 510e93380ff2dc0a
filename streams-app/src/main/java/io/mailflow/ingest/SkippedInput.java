package io.mailflow.ingest;

/**
 * A file that is no message trace, beside others that are.
 *
 * @param file the input as the user named it
 * @param sentence why it was left out, in one sentence
 */
public record SkippedInput(String file, String sentence) {}
