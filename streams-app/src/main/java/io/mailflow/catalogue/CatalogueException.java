package io.mailflow.catalogue;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A catalogue that cannot be used; the message names file, line and what is expected. */
public final class CatalogueException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CatalogueException(String message) {
        super(message);
    }

    CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }

    CatalogueException(List<Problem> problems) {
        this(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
    }
}
