package io.mailflow.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened one after another, to be closed the other way round, each even if another fails. Not thread-safe. */
final class Opened implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Remembers what was opened just now, and gives it back. */
    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /**
     * Closes everything; a second call does nothing.
     *
     * @throws IOException if something could not be closed; what else could not is suppressed in its cause
     */
    @Override
    public void close() throws IOException {
        Exception first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw new IOException("Not everything could be closed: " + first.getMessage(), first);
        }
    }

    /** Closes everything because something else failed; what cannot be closed is told with it. */
    void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
