package io.mailflow.ingest;

import io.mailflow.format.InputException;
import io.mailflow.format.TraceDocument;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/** Reads trace files of any real format. */
public final class Inputs {

    private Inputs() {}

    /** Reads what the words name; {@code -} is the process's standard input. */
    public static InputSpool read(List<String> words, ReadOptions options) throws IOException {
        return read(words, options, System.in);
    }

    /**
     * Reads all of what the words name.
     *
     * @param words files, folders (with all below them), globs, {@code -} for standard input
     * @param stdin standard input
     * @return what was read; to be closed
     * @throws InputException if nothing could be read; its message is one sentence for the user
     */
    public static InputSpool read(List<String> words, ReadOptions options, InputStream stdin) throws IOException {
        Path dir;
        try {
            Files.createDirectories(options.tempDir());
            dir = Files.createTempDirectory(options.tempDir(), "mailflow-input-");
        } catch (IOException e) {
            throw new InputException("Nothing can be written to the temporary folder " + options.tempDir() + ".", e);
        }
        InputCollector collector = new InputCollector(dir, options);
        boolean finished = false;
        try {
            readAll(InputFiles.resolve(words, stdin, dir), options, collector);
            InputSpool spool = collector.finish();
            finished = true;
            return spool;
        } finally {
            if (!finished) {
                collector.abandon();
            }
        }
    }

    private static void readAll(List<InputFiles.InputFile> files, ReadOptions options, InputCollector collector)
            throws IOException {
        long total = 0;
        for (InputFiles.InputFile file : files) {
            total += Files.size(file.path());
        }
        Progress progress = new Progress(options.progress(), total);
        for (InputFiles.InputFile file : files) {
            try {
                InputDocuments.each(
                        file, progress::advance, (name, bytes) -> readDocument(name, bytes, options, collector));
            } catch (InputException e) {
                collector.skip(file.name(), String.valueOf(e.getMessage()));
            }
        }
        progress.tell();
    }

    private static void readDocument(
            String name, BufferedInputStream bytes, ReadOptions options, InputCollector collector) throws IOException {
        TraceDocument document;
        try {
            document = TraceDocument.open(name, bytes, options.format());
        } catch (InputException e) {
            collector.skip(name, String.valueOf(e.getMessage()));
            return;
        } catch (EOFException | ZipException e) {
            collector.skip(name, name + " is damaged: its compressed data ends early or is broken.");
            return;
        }
        collector.begin(name, document.format());
        try {
            document.read(collector);
        } catch (EOFException | ZipException | CharacterCodingException e) {
            collector.brokeOff("the compressed data ends early or is broken; the rows before it were read");
        }
        collector.end();
    }

    /** Passes progress on once per MiB. */
    private static final class Progress {
        private static final long STEP = 1 << 20;

        private final ReadProgress listener;
        private final long total;
        private long read;
        private long told;

        Progress(ReadProgress listener, long total) {
            this.listener = listener;
            this.total = total;
        }

        void advance(long bytes) {
            read += bytes;
            if (read - told >= STEP) {
                tell();
            }
        }

        void tell() {
            told = read;
            listener.read(Math.min(read, total), total);
        }
    }
}
