package io.mailflow.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Text that is UTF-8, but for lines that are not: those are read in a Windows code page, told from the first of them.
 * Real exports mix both, and a file's first kilobytes are often plain ASCII, so the decision is made line by line.
 */
final class Utf8OrWindowsReader extends Reader {

    private static final int CHUNK = 1 << 16;
    private static final String DEFAULT = "windows-1252";

    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int filled;
    private boolean ended;
    private String text = "";
    private int next;
    private @Nullable Charset windows;

    Utf8OrWindowsReader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        while (next == text.length()) {
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, text.length() - next);
        text.getChars(next, next + count, target, offset);
        next += count;
        return count;
    }

    /** Decodes the next whole lines; a line longer than the buffer makes it grow, up to 64 MiB. */
    private boolean fill() throws IOException {
        while (true) {
            int lines = endOfLastLine();
            if (lines > 0 || (ended && filled > 0)) {
                int use = lines > 0 ? lines : filled;
                text = decode(use);
                next = 0;
                System.arraycopy(buffer, use, buffer, 0, filled - use);
                filled -= use;
                return true;
            }
            if (ended) {
                return false;
            }
            if (filled == buffer.length) {
                if (buffer.length >= 64 << 20) {
                    text = decode(filled);
                    next = 0;
                    filled = 0;
                    return true;
                }
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                ended = true;
            } else {
                filled += count;
            }
        }
    }

    private int endOfLastLine() {
        for (int i = filled - 1; i >= 0; i--) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private String decode(int length) {
        try {
            return utf8(0, length);
        } catch (CharacterCodingException e) {
            StringBuilder lines = new StringBuilder(length);
            for (int start = 0; start < length; ) {
                int end = start;
                while (end < length && buffer[end] != '\n') {
                    end++;
                }
                end = Math.min(length, end + 1);
                try {
                    lines.append(utf8(start, end));
                } catch (CharacterCodingException notUtf8) {
                    lines.append(new String(buffer, start, end - start, windows(start, length)));
                }
                start = end;
            }
            return lines.toString();
        }
    }

    private String utf8(int from, int to) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(buffer, from, to - from))
                .toString();
    }

    private Charset windows(int from, int to) {
        Charset known = windows;
        if (known == null) {
            known = Charset.forName(guess(from, to));
            windows = known;
        }
        return known;
    }

    /**
     * The detector judges by letter frequencies, which short texts do not have, and takes Cyrillic Windows text for
     * other Cyrillic encodings and Western text for exotic ones. So: Cyrillic of any kind is windows-1251, a Windows
     * code page is believed, and everything else is windows-1252.
     */
    private String guess(int from, int to) {
        int letters = 0;
        int inWords = 0;
        for (int i = from; i < to; i++) {
            if ((buffer[i] & 0xff) >= 0xC0) {
                letters++;
                // Western accents stand alone in a word, Cyrillic letters stand side by side.
                if (i + 1 < to && (buffer[i + 1] & 0xff) >= 0xC0) {
                    inWords++;
                }
            }
        }
        boolean runs = inWords * 2 > letters && letters >= 3;
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(buffer, from, to - from);
        detector.dataEnd();
        String detected = detector.getDetectedCharset();
        String name = detected == null ? "" : detected.toUpperCase(Locale.ROOT);
        boolean cyrillic = name.equals("WINDOWS-1251")
                || name.equals("KOI8-R")
                || name.equals("IBM855")
                || name.equals("IBM866")
                || name.equals("MACCYRILLIC")
                || name.equals("ISO-8859-5")
                || name.isEmpty();
        if (runs && cyrillic) {
            return "windows-1251";
        }
        if (name.startsWith("WINDOWS-125") && Charset.isSupported(name) && runs) {
            return name;
        }
        return DEFAULT;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
