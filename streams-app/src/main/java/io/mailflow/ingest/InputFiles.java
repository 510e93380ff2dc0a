package io.mailflow.ingest;

import io.mailflow.format.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files that the user's words name: {@code FILE}, {@code DIR} with all below it, {@code GLOB}, {@code -}. */
final class InputFiles {

    /** What the user called standard input. */
    static final String STDIN = "-";

    private InputFiles() {}

    /**
     * A file to read.
     *
     * @param name as the user would name it, for messages
     * @param path where it is
     */
    record InputFile(String name, Path path) {}

    /**
     * Finds them, in the order of the words and sorted within each.
     *
     * @param stdin read to its end into {@code spoolDir} if {@code -} is among the words
     */
    static List<InputFile> resolve(List<String> words, InputStream stdin, Path spoolDir) throws IOException {
        List<InputFile> files = new ArrayList<>();
        for (String word : words) {
            if (word.equals(STDIN)) {
                Path spooled = spoolDir.resolve("stdin");
                if (!Files.exists(spooled)) {
                    Files.copy(stdin, spooled);
                }
                files.add(new InputFile("(standard input)", spooled));
            } else {
                files.addAll(named(word));
            }
        }
        if (files.isEmpty()) {
            throw new InputException("Nothing to read: name a file, a folder, a glob or - for standard input.");
        }
        return files;
    }

    private static List<InputFile> named(String word) throws IOException {
        Path path = literal(word);
        if (path != null && Files.isDirectory(path)) {
            List<InputFile> below = below(path, file -> true);
            if (below.isEmpty()) {
                throw new InputException("The folder " + word + " holds no files.");
            }
            return below;
        }
        if (path != null && Files.exists(path)) {
            if (!Files.isReadable(path)) {
                throw new InputException(word + " may not be read by this user; check its permissions.");
            }
            return List.of(new InputFile(word, path));
        }
        int wildcard = firstWildcard(word);
        if (wildcard < 0) {
            throw new InputException("There is no file or folder " + word + ".");
        }
        int slash = word.lastIndexOf('/', wildcard);
        Path base = slash < 0 ? Path.of("") : Path.of(word.substring(0, slash + 1));
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + word);
        } catch (IllegalArgumentException e) {
            throw new InputException("The pattern " + word + " is not a glob: " + e.getMessage(), e);
        }
        List<InputFile> matching = Files.isDirectory(base.toAbsolutePath()) ? below(base, matcher) : List.of();
        if (matching.isEmpty()) {
            throw new InputException("No file matches " + word + ".");
        }
        return matching;
    }

    private static @org.jspecify.annotations.Nullable Path literal(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static int firstWildcard(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ("*?[{".indexOf(word.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Regular files below a folder and its links, sorted; those whose name starts with a dot belong to the system. */
    private static List<InputFile> below(Path folder, PathMatcher matcher) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && !file.getFileName().toString().startsWith(".")
                        && Files.isReadable(file)
                        && matcher.matches(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof FileSystemLoopException || e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // A link to a folder above, or to nothing.
                }
                throw new InputException("The folder " + file + " cannot be listed: " + e.getMessage(), e);
            }
        });
        return found.stream()
                .sorted()
                .map(file -> new InputFile(file.toString(), file))
                .toList();
    }
}
