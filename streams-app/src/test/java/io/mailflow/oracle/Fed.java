package io.mailflow.oracle;

import io.mailflow.schema.TraceRecord;
import java.time.Instant;

/**
 * One record as it stands on the topic of trace events.
 *
 * @param partition the source partition
 * @param producedAt the record's own timestamp
 * @param record an event or a mark
 */
public record Fed(int partition, Instant producedAt, TraceRecord record) {}
