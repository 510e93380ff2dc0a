package io.mailflow.ingest;

import java.io.IOException;

/** Takes what a reader found. */
interface RowSink {

    /** A readable row. */
    void row(TraceRow row) throws IOException;

    /** A row that cannot be understood. */
    void unreadable(long line, String reason, String raw) throws IOException;

    /** A connector that receives mail, named on a RECEIVE row of this input. */
    void receiveConnector(String name);
}
