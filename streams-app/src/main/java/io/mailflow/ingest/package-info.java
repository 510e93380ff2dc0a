/**
 * From files on disk to Kafka, and back out of the dead letters.
 *
 * <p>{@link io.mailflow.ingest.Inputs#read} takes what the user named (files, folders, globs, {@code -}), reads all of
 * it once and returns an {@link io.mailflow.ingest.InputSpool}: the accounting, the latest timestamp, the tenant, the
 * rows that could not be read, and the events in the order of their timestamps. {@link io.mailflow.ingest.TraceProducer}
 * writes them. It goes: {@code InputFiles} (which files) → {@code InputDocuments} (gzip, zip) → the room {@code format}
 * (rows) → {@code EventSpool} (order).
 *
 * <p>{@link io.mailflow.ingest.Follower} reads logs that grow instead, and writes how far in the transaction of what it
 * read. {@link io.mailflow.ingest.DeadLetters} shows what was put aside, {@link io.mailflow.ingest.Redriver} sends it
 * again.
 */
@NullMarked
package io.mailflow.ingest;

import org.jspecify.annotations.NullMarked;
