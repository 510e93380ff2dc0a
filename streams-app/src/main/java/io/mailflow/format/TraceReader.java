package io.mailflow.format;

import java.io.IOException;
import java.io.Reader;

/** Reads one format, row by row; a broken row is told to the sink and never stops it. */
interface TraceReader {

    /**
     * Reads to the end.
     *
     * @param text the input's text
     * @param file the input's name, for origins
     */
    void read(Reader text, String file, RowSink sink) throws IOException;

    /** The reader of a format. */
    static TraceReader of(InputFormat format) {
        return switch (format) {
            case TRACKING_LOG, EXTENDED -> new TrackingReader(format);
            case ENHANCED_SUMMARY -> new EnhancedSummaryReader();
            case TRACE_JSON -> new TraceJsonReader();
            case DETAIL_JSON -> new DetailJsonReader();
            case CANONICAL -> new CanonicalReader();
        };
    }
}
