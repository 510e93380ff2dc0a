package io.mailflow.web;

import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_VALUE = 100;

    private final ProblemKind kind;
    private final @Nullable String parameter;
    private final @Nullable String value;
    private final @Nullable String expected;

    private ProblemException(
            ProblemKind kind,
            String detail,
            @Nullable String parameter,
            @Nullable String value,
            @Nullable String expected) {
        super(detail, null, false, false);
        this.kind = kind;
        this.parameter = parameter;
        this.value = value;
        this.expected = expected;
    }

    ProblemException(ProblemKind kind, String detail) {
        this(kind, detail, null, null, null);
    }

    /** A parameter whose value cannot be used. */
    static ProblemException parameter(String name, String value, String expected) {
        String shown = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
        return new ProblemException(
                ProblemKind.BAD_PARAMETER,
                "The parameter " + name + " is \"" + shown + "\"; expected " + expected,
                name,
                shown,
                expected);
    }

    ProblemKind kind() {
        return kind;
    }

    Problem toProblem(String path) {
        return new Problem(
                kind.type(),
                kind.title(),
                kind.status(),
                String.valueOf(getMessage()),
                path,
                parameter,
                value,
                expected);
    }
}
