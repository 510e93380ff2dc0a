package io.mailflow.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.Optional;

/** One finished message trace: its text, in whatever encoding, and the format its beginning tells. To be read once. */
public final class TraceDocument {

    private final String name;
    private final InputFormat format;
    private final Reader text;

    private TraceDocument(String name, InputFormat format, Reader text) {
        this.name = name;
        this.format = format;
        this.text = text;
    }

    /**
     * Looks at its beginning.
     *
     * @param name the input's name, for messages and origins
     * @param bytes its bytes, not compressed any more; the caller closes them
     * @param given the format, or empty to recognise it
     * @throws InputException if it is empty, no text or in no format that we know; the message is a sentence for the user
     */
    public static TraceDocument open(String name, BufferedInputStream bytes, Optional<InputFormat> given)
            throws IOException {
        Reader text = TextDecoding.open(name, bytes);
        char[] head = new char[FormatDetector.HEAD];
        int length = 0;
        for (int count = 0; count >= 0 && length < head.length; count = text.read(head, length, head.length - length)) {
            length += count;
        }
        InputFormat format = given.isPresent() ? given.get() : FormatDetector.detect(name, new String(head, 0, length));
        PushbackReader whole = new PushbackReader(text, Math.max(1, length));
        whole.unread(head, 0, length);
        return new TraceDocument(name, format, whole);
    }

    /** The format that was given or recognised. */
    public InputFormat format() {
        return format;
    }

    /** Tells the sink every row to the end; a broken one is told as unreadable and stops nothing. */
    public void read(RowSink sink) throws IOException {
        TraceReader.of(format).read(text, name, sink);
    }
}
