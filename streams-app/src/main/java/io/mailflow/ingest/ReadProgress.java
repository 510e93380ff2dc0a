package io.mailflow.ingest;

/** Told how far reading has come, for a progress bar; called often, from the reading thread. */
@FunctionalInterface
public interface ReadProgress {

    /** Tells nobody. */
    ReadProgress NONE = (read, total) -> {};

    /**
     * Some more was read.
     *
     * @param bytesRead bytes on disk read so far, of all inputs
     * @param bytesTotal bytes on disk of all inputs
     */
    void read(long bytesRead, long bytesTotal);
}
