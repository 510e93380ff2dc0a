package io.mailflow.ingest;

/** Told how far a long task has come; called often, from the thread that works. */
@FunctionalInterface
public interface ReadProgress {

    /** Tells nobody. */
    ReadProgress NONE = (done, total) -> {};

    /**
     * Some more was done.
     *
     * @param done so far: bytes on disk where inputs are read
     * @param total in the same unit
     */
    void read(long done, long total);
}
