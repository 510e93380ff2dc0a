package io.mailflow.web;

/** The kinds of problems; {@code openapi.yaml} lists them for callers. */
enum ProblemKind {
    BAD_PARAMETER("bad-parameter", 400, "A parameter cannot be used"),
    NO_TOKEN("no-token", 401, "A token is needed"),
    NOT_ALLOWED("not-allowed", 403, "This is not allowed"),
    NOT_FOUND("not-found", 404, "There is no such thing"),
    METHOD("method", 405, "Not with this method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "There is no such representation"),
    GONE("gone", 410, "It is gone"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    WRONG_HOST("wrong-host", 421, "Not the host asked for"),
    INTERNAL("internal", 500, "A mistake in the program"),
    STARTING("starting", 503, "Starting"),
    RESTORING("restoring", 503, "Restoring"),
    FAILED("failed", 503, "Failed");

    private static final String PREFIX = "urn:io:mailflow:problem:";

    private final String word;
    private final int status;
    private final String title;

    ProblemKind(String word, int status, String title) {
        this.word = word;
        this.status = status;
        this.title = title;
    }

    String type() {
        return PREFIX + word;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}
