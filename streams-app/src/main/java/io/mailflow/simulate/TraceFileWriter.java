package io.mailflow.simulate;

import java.io.Closeable;
import java.io.IOException;

/** Writes what the simulated servers log into a file of one of the real formats, in the order given. */
interface TraceFileWriter extends Closeable {

    /** Appends one row. */
    void write(TraceRow row) throws IOException;
}
