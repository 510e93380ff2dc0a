package io.mailflow.ingest;

import io.mailflow.format.InputException;
import io.mailflow.format.InputFormat;
import io.mailflow.format.ReceiveConnectors;
import io.mailflow.format.TailText;
import io.mailflow.ingest.FolderListing.Found;
import io.mailflow.schema.IngestPosition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder and all below it that are followed, whatever they are called today. A file is known by what the
 * file system calls it and by its bytes: renamed it goes on, truncated and written anew it begins anew, and a copy goes
 * on where the original had been read to.
 */
final class FollowedFolder {

    private static final int HEAD = 1024;
    private static final int MAX_READ_AHEAD = 64;

    private final Path folder;
    private final ReadOptions options;
    private final Consumer<String> notices;
    private final ReceiveConnectors receiveConnectors = new ReceiveConnectors();
    private final String source;
    /** Positions also of what is gone or overwritten since: a copy of it may turn up. */
    private final Map<String, IngestPosition> known = new HashMap<>();

    private final Map<String, FollowedFile> files = new TreeMap<>();
    /** Files that are not followed, with the size they had when that was found. */
    private final Map<String, Long> skipped = new HashMap<>();

    private final Set<String> noticed = new HashSet<>();

    FollowedFolder(
            Path folder,
            String source,
            ReadOptions options,
            Collection<IngestPosition> positions,
            Consumer<String> notices) {
        this.folder = folder;
        this.source = source;
        this.options = options;
        this.notices = notices;
        positions.forEach(this::remember);
        positions.forEach(position -> position.receiveConnectors().forEach(receiveConnectors::add));
    }

    /** The receive connectors of all its files so far. */
    ReceiveConnectors receiveConnectors() {
        return receiveConnectors;
    }

    private void remember(IngestPosition position) {
        known.put(IngestPositions.key(position), position);
    }

    /** What the file system calls the files that are followed. */
    Set<String> keys() {
        return Set.copyOf(files.keySet());
    }

    /** How many files are followed. */
    int size() {
        return files.size();
    }

    /** Looks which files there are and which of them grew; returns those that have rows to take. */
    List<FollowedFile> look(Instant now) throws IOException {
        Map<String, Found> found = FolderListing.of(folder);
        files.entrySet().removeIf(one -> {
            boolean gone = !found.containsKey(one.getKey());
            if (gone) {
                remember(one.getValue().position(now));
            }
            return gone;
        });
        // What is new first: it may be a copy of what is overwritten next.
        for (Map.Entry<String, Found> one : found.entrySet()) {
            if (!files.containsKey(one.getKey())) {
                identify(one.getKey(), one.getValue(), now);
            }
        }
        List<FollowedFile> ready = new ArrayList<>();
        for (Map.Entry<String, Found> one : found.entrySet()) {
            FollowedFile file = files.get(one.getKey());
            if (file == null) {
                continue;
            }
            file.at(one.getValue().path());
            if (file.isDue(now, one.getValue().size())) {
                boolean same = attempt(one.getValue(), () -> file.look(now));
                if (!same) {
                    remember(file.position(now));
                    files.remove(one.getKey());
                    identify(one.getKey(), one.getValue(), now);
                }
            }
            FollowedFile current = files.get(one.getKey());
            if (current != null && current.next() != null) {
                ready.add(current);
                if (ready.size() > MAX_READ_AHEAD) {
                    current.forgetAhead();
                }
            }
        }
        return ready;
    }

    /** Something that may fail for one file while the others go on. */
    @FunctionalInterface
    private interface Attempt {
        boolean succeeds() throws IOException;
    }

    /** False if the file is another one by now; true also if it cannot be read at the moment. */
    private boolean attempt(Found found, Attempt attempt) {
        try {
            boolean same = attempt.succeeds();
            noticed.remove(found.path().toString());
            return same;
        } catch (IOException e) {
            notice(
                    found.path().toString(),
                    found.path() + " cannot be read at the moment (" + FolderListing.reason(e) + "); trying again.");
            return true;
        }
    }

    private void identify(String fileKey, Found found, Instant now) {
        Long sizeThen = skipped.get(fileKey);
        if (found.size() == 0 || (sizeThen != null && sizeThen == found.size())) {
            return;
        }
        attempt(found, () -> {
            try (FileChannel channel = FileChannel.open(found.path())) {
                FollowedFile file = identified(fileKey, found, channel, now);
                if (file != null) {
                    files.put(fileKey, file);
                    file.look(now);
                }
            }
            return true;
        });
    }

    private @Nullable FollowedFile identified(String fileKey, Found found, FileChannel channel, Instant now)
            throws IOException {
        byte[] beginning = Fingerprints.read(channel, 0, TailText.BEGINNING);
        Stream<IngestPosition> here = files.values().stream().map(file -> file.position(now));
        List<IngestPosition> candidates = Stream.concat(here, known.values().stream())
                .filter(position -> Fingerprints.begins(beginning, position.head()))
                .filter(position -> position.offset() > 0)
                .sorted(Comparator.comparing(
                                (IngestPosition position) -> !position.fileKey().equals(fileKey))
                        .thenComparing(IngestPosition::offset, Comparator.reverseOrder()))
                .toList();
        for (IngestPosition position : candidates) {
            int length = position.tail().length();
            byte[] tail = Fingerprints.read(channel, position.offset() - length, length);
            if (Fingerprints.of(tail).equals(position.tail())) {
                return new FollowedFile(found.path(), fileKey, position, tail, receiveConnectors);
            }
        }
        return begun(fileKey, found, beginning);
    }

    /** A file nobody read yet, if its beginning tells its format already. */
    private @Nullable FollowedFile begun(String fileKey, Found found, byte[] beginning) {
        String name = found.path().toString();
        if (isCompressed(beginning)) {
            return skip(
                    fileKey,
                    found,
                    name + " is compressed and is not followed: what it holds was read before it"
                            + " was compressed, or read it once with: mailflow ingest " + name);
        }
        int whole = beginning.length;
        while (whole > 0 && whole < TailText.BEGINNING && beginning[whole - 1] != '\n') {
            whole--;
        }
        if (whole == 0) {
            return null;
        }
        InputFormat format;
        try {
            format = TailText.format(name, Arrays.copyOf(beginning, whole), options.format());
        } catch (InputException e) {
            return skip(fileKey, found, e.getMessage() + " It is not followed.");
        }
        if (format == null) {
            return null;
        }
        if (format != InputFormat.TRACKING_LOG && format != InputFormat.CANONICAL) {
            return skip(
                    fileKey,
                    found,
                    name + " is a finished export (" + format.id()
                            + ") and is not followed; read it once with: mailflow ingest " + name);
        }
        IngestPosition start = new IngestPosition(
                source,
                name,
                fileKey,
                Fingerprints.of(Arrays.copyOf(beginning, Math.min(HEAD, whole))),
                Fingerprints.of(new byte[0]),
                0,
                0,
                format.id(),
                null,
                null,
                List.of(),
                Instant.EPOCH);
        return new FollowedFile(found.path(), fileKey, start, new byte[0], receiveConnectors);
    }

    private static boolean isCompressed(byte[] beginning) {
        return beginning.length > 1
                && ((beginning[0] == 0x1f && (beginning[1] & 0xff) == 0x8b)
                        || (beginning[0] == 'P' && beginning[1] == 'K'));
    }

    private @Nullable FollowedFile skip(String fileKey, Found found, String sentence) {
        skipped.put(fileKey, found.size());
        notice(found.path().toString(), sentence);
        return null;
    }

    private void notice(String path, String sentence) {
        if (noticed.add(path)) {
            notices.accept(sentence);
        }
    }
}
