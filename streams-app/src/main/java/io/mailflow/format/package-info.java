/**
 * What a file's text says, with nothing of where the file came from and where its events go.
 *
 * <p>{@link io.mailflow.format.TraceDocument} finds out the encoding and the format of a finished file, {@link
 * io.mailflow.format.TailText} reads what was added to one that grows, and both tell rows to a {@link
 * io.mailflow.format.RowSink}: events where a row can be understood, its text and the reason where it cannot. {@link
 * io.mailflow.format.ConnectorFile} reads lists of connectors. There is one reader per real format, and none of them
 * knows Kafka, a clock or another file.
 */
@NullMarked
package io.mailflow.format;

import org.jspecify.annotations.NullMarked;
