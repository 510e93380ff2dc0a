package io.mailflow.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a data folder for one owner, in this process and all others; the operating system lets go of it when the
 * process dies. Kafka's own lock comes after its controller has already written.
 */
final class FolderLock implements AutoCloseable {

    /** Folders of this process. Asking the system again would let go: closing a second channel ends all its locks. */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @param inUse what to say if somebody has it
     * @throws IOException if it cannot be written, or somebody has it
     */
    static FolderLock take(Path folder, String inUse) throws IOException {
        Path real = folder.toRealPath();
        if (TAKEN.add(real)) {
            try {
                return new FolderLock(real, lock(real.resolve(".mailflow.lock"), inUse));
            } catch (IOException e) {
                TAKEN.remove(real);
                throw e;
            }
        }
        throw new IOException(inUse);
    }

    private static FileChannel lock(Path file, String inUse) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException(inUse);
        }
        return channel;
    }

    /** Lets go; a second call does nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            TAKEN.remove(folder);
        }
    }
}
