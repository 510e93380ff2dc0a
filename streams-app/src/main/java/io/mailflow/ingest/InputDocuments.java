package io.mailflow.ingest;

import io.mailflow.format.InputException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** What a file holds: itself, what was compressed into it, or every entry of an archive; told by its first bytes. */
final class InputDocuments {

    private static final int BUFFER = 1 << 16;

    private InputDocuments() {}

    /** Takes one document; its bytes are already unpacked. */
    @FunctionalInterface
    interface Taker {
        void take(String name, BufferedInputStream bytes) throws IOException;
    }

    /**
     * Gives each document of the file to the taker.
     *
     * @param read told how many more bytes of the file were read
     */
    static void each(InputFiles.InputFile file, LongConsumer read, Taker taker) throws IOException {
        byte[] magic = new byte[4];
        int got;
        try (InputStream in = Files.newInputStream(file.path())) {
            got = in.readNBytes(magic, 0, magic.length);
        }
        if (got == 4
                && magic[0] == 'P'
                && magic[1] == 'K'
                && (magic[2] == 3 || magic[2] == 5)
                && magic[3] == magic[2] + 1) {
            eachEntry(file, read, taker);
            return;
        }
        try (InputStream counted = new Counted(Files.newInputStream(file.path()), read)) {
            takeUnpacked(file.name(), counted, taker);
        }
    }

    private static void eachEntry(InputFiles.InputFile file, LongConsumer read, Taker taker) throws IOException {
        try (ZipFile zip = new ZipFile(file.path().toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            if (entries.isEmpty()) {
                throw new InputException("The archive " + file.name() + " is empty.");
            }
            for (ZipEntry entry : entries) {
                try (InputStream in = zip.getInputStream(entry)) {
                    takeUnpacked(file.name() + "!" + entry.getName(), in, taker);
                }
                read.accept(Math.max(0, entry.getCompressedSize()));
            }
        } catch (ZipException e) {
            throw new InputException("The archive " + file.name() + " is damaged: " + e.getMessage() + ".", e);
        }
    }

    private static void takeUnpacked(String name, InputStream in, Taker taker) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, BUFFER);
        bytes.mark(2);
        boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        if (!gzip) {
            taker.take(name, bytes);
            return;
        }
        GZIPInputStream unpacked;
        try {
            unpacked = new GZIPInputStream(bytes, BUFFER);
        } catch (IOException e) {
            throw new InputException(name + " starts like gzip but is damaged: " + e.getMessage() + ".", e);
        }
        taker.take(name, new BufferedInputStream(unpacked, BUFFER));
    }

    /** Tells how many bytes went through. */
    private static final class Counted extends FilterInputStream {
        private final LongConsumer read;

        Counted(InputStream in, LongConsumer read) {
            super(in);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                read.accept(1);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                read.accept(count);
            }
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
