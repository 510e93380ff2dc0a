package io.mailflow.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of strangers for a terminal: whatever could move the cursor, change colours, hide or reorder text is shown as an
 * escape, and so are bytes that are no UTF-8.
 */
final class Printable {

    private Printable() {}

    /** Bytes as text, cut after so many characters. */
    static String of(byte[] bytes, int max) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        StringBuilder text = new StringBuilder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(256);
        while (in.hasRemaining() && text.length() < max) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip();
            text.append(of(out.toString()));
            out.clear();
            if (result.isError()) {
                for (int i = 0; i < result.length(); i++) {
                    text.append("\\x%02X".formatted(in.get()));
                }
                decoder.reset();
            }
        }
        if (text.length() <= max && !in.hasRemaining()) {
            return text.toString();
        }
        return text.substring(0, Math.min(max, text.length())) + "… (" + bytes.length + " bytes in all)";
    }

    /** A text. */
    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    /** A text in at most so many characters. */
    static String brief(String text, int max) {
        String safe = of(text);
        return safe.length() <= max ? safe : safe.substring(0, max - 1) + "…";
    }

    private static void append(StringBuilder safe, int point) {
        switch (point) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> {
                switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> safe.append("\\u{%X}".formatted(point));
                    default -> safe.appendCodePoint(point);
                }
            }
        }
    }
}
