package io.mailflow.format;

/** One row that cannot be understood; caught by the reader of its format. The message is the reason. */
final class RowException extends Exception {

    private static final long serialVersionUID = 1L;

    RowException(String reason) {
        // No stack trace: a million broken rows are a million of these.
        super(reason, null, false, false);
    }
}
