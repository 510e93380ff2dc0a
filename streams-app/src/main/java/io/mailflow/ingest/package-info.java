/**
 * From bytes on disk to canonical events: one reader per real format, the order of time, and the writer to Kafka.
 *
 * <p>{@link io.mailflow.ingest.Inputs#read} takes what the user named (files, folders, globs, {@code -}), reads all of
 * it once and returns an {@link io.mailflow.ingest.InputSpool}: the accounting, the latest timestamp, the tenant, the
 * rows that could not be read, and the events in the order of their timestamps. Nothing before
 * {@link io.mailflow.ingest.TraceProducer} knows Kafka, and nothing reads a system clock but the producer's marks.
 *
 * <p>Reading goes: {@code InputFiles} (which files) → {@code InputDocuments} (gzip, zip) → {@code TextDecoding} (which
 * encoding) → {@code FormatDetector} (which format) → a {@code TraceReader} (rows) → {@code EventSpool} (order).
 */
@NullMarked
package io.mailflow.ingest;

import org.jspecify.annotations.NullMarked;
