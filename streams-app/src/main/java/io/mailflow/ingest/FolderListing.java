package io.mailflow.ingest;

import io.mailflow.format.InputException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a folder that grows, and all below it, at one moment. */
final class FolderListing {

    private FolderListing() {}

    /** A file and the size that the folder lists for it, which may be old while another process holds it open. */
    record Found(Path path, long size) {}

    /**
     * By what the file system calls them, which stays the same through renaming, in the order of their paths. Those whose
     * name starts with a dot belong to the system, and what vanishes meanwhile was renamed or deleted.
     *
     * @throws InputException if the folder itself cannot be listed
     */
    static Map<String, Found> of(Path folder) throws IOException {
        Map<String, Found> found = new HashMap<>();
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.getFileName().toString().startsWith(".")) {
                    found.putIfAbsent(fileKey(attributes), new Found(file, attributes.size()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(folder)) {
                    throw new InputException(
                            "The folder " + folder + " cannot be listed: " + reason(e)
                                    + "; check that it is there and that this user may read it.",
                            e);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        Map<String, Found> inOrder = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<String, Found> one) -> one.getValue().path()))
                .forEach(one -> inOrder.put(one.getKey(), one.getValue()));
        return inOrder;
    }

    /** Windows has no file key for Java; the time of creation stays through renames, as an inode does. */
    private static String fileKey(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? "created=" + attributes.creationTime() : key.toString();
    }

    /** What went wrong with a file, in a few words. */
    static String reason(IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
