package io.mailflow.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A stored value has a form that another version of this program wrote: no record is to blame, and all of them are. */
public final class OtherFormException extends SerializationException {

    private static final long serialVersionUID = 1L;

    OtherFormException(int found, int read) {
        super("stored form " + found + " found, this program reads form " + read);
    }

    /** Whether one is behind a failure. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OtherFormException) {
                return true;
            }
        }
        return false;
    }
}
