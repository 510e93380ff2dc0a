package io.mailflow.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * From bytes to text, the encoding told by the bytes: a byte order mark, NULs in every other byte (UTF-16), else UTF-8,
 * line by line falling back to a Windows code page.
 */
final class TextDecoding {

    private static final int HEAD = 4096;

    private TextDecoding() {}

    /**
     * The text of a document.
     *
     * @throws InputException if it is empty or no text
     */
    static Reader open(String name, BufferedInputStream bytes) throws IOException {
        bytes.mark(HEAD + 1);
        byte[] head = bytes.readNBytes(HEAD);
        bytes.reset();
        if (head.length == 0) {
            throw new InputException(name + " is empty.");
        }
        if (starts(head, 0xEF, 0xBB, 0xBF)) {
            bytes.skipNBytes(3);
            return new Utf8OrWindowsReader(bytes);
        }
        if (starts(head, 0xFF, 0xFE)) {
            bytes.skipNBytes(2);
            return new InputStreamReader(bytes, StandardCharsets.UTF_16LE);
        }
        if (starts(head, 0xFE, 0xFF)) {
            bytes.skipNBytes(2);
            return new InputStreamReader(bytes, StandardCharsets.UTF_16BE);
        }
        int evenNuls = 0;
        int oddNuls = 0;
        int controls = 0;
        for (int i = 0; i < head.length; i++) {
            int b = head[i] & 0xff;
            if (b == 0) {
                if ((i & 1) == 0) {
                    evenNuls++;
                } else {
                    oddNuls++;
                }
            } else if (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != 0x0b && b != 0x0c) {
                controls++;
            }
        }
        // Names of columns and fields, times and addresses are ASCII, where one half of a unit is NUL; of a row with
        // the
        // longest of subjects in Chinese they are still a quarter. Text in any other encoding has no NUL at all.
        int units = head.length / 2;
        if (oddNuls * 8 > units && evenNuls * 8 < oddNuls) {
            return new InputStreamReader(bytes, StandardCharsets.UTF_16LE);
        }
        if (evenNuls * 8 > units && oddNuls * 8 < evenNuls) {
            return new InputStreamReader(bytes, StandardCharsets.UTF_16BE);
        }
        if ((evenNuls + oddNuls + controls) * 20 > head.length) {
            throw new InputException(name + " is not text, so it is not a message trace.");
        }
        return new Utf8OrWindowsReader(bytes);
    }

    private static boolean starts(byte[] head, int... wanted) {
        if (head.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((head[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
