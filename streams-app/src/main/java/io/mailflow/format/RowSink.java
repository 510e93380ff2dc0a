package io.mailflow.format;

import java.io.IOException;

/** Takes what a reader finds, in the order of the text. */
public interface RowSink {

    /** A readable row. */
    void row(TraceRow row) throws IOException;

    /**
     * A row that cannot be understood.
     *
     * @param line its first line, counted from 1
     * @param reason why, in words for people
     * @param raw its text
     */
    void unreadable(long line, String reason, String raw) throws IOException;

    /** A connector that receives mail, named on a RECEIVE row of this input. */
    void receiveConnector(String name);
}
