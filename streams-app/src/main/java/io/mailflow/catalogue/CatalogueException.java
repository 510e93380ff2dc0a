package io.mailflow.catalogue;

import java.io.Serial;

/** A catalogue file that cannot be used; the message names file, place and what is expected. */
public final class CatalogueException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CatalogueException(String message) {
        super(message);
    }

    CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}
