package io.mailflow.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where an event was read, for error messages and evidence; never part of an event's identity.
 *
 * @param file the file's name as the user gave it, an archive entry as {@code archive.zip!entry}
 * @param line the first line of the row, counted from 1; for JSON the record's number, counted from 1
 */
public record Origin(@Nullable String file, @Nullable Long line) {}
