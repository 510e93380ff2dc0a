package io.mailflow.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.mailflow.readmodel.Found;
import io.mailflow.readmodel.ReadState;
import io.mailflow.serde.Json;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes answers: JSON with the program's state first, an ETag, and problems where there is nothing to answer. */
final class Answers {

    private static final int TAG_BYTES = 12;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Program program;

    Answers(Program program) {
        this.program = program;
    }

    /** Refuses to answer from a read model that is not complete. */
    void demandData() {
        ReadState state = program.state();
        String reason = program.reason() == null ? "" : " " + program.reason() + ".";
        switch (state) {
            case STARTING ->
                throw new ProblemException(
                        ProblemKind.STARTING, "The program is starting and has not reached its topics." + reason);
            case RESTORING ->
                throw new ProblemException(
                        ProblemKind.RESTORING, "The program is reading what its topics hold; try again soon." + reason);
            case FAILED ->
                throw new ProblemException(
                        ProblemKind.FAILED,
                        "The program has stopped working; see its log and start it again." + reason);
            case REBALANCING, RUNNING -> {
                // Answers.
            }
        }
    }

    /** An answer that can grow old, with the state it was given in. */
    void data(Context ctx, Object answer) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("state", Json.MAPPER.valueToTree(program.state()));
        body.setAll(Json.MAPPER.<ObjectNode>valueToTree(answer));
        json(ctx, body);
    }

    /** What was found, or a problem that tells gone from never there. */
    <T> T found(Found<T> found, String what) {
        if (found instanceof Found.Here<T> here) {
            return here.value();
        }
        throw found instanceof Found.Gone<T>
                ? new ProblemException(ProblemKind.GONE, what + " was removed or is no longer kept.")
                : new ProblemException(ProblemKind.NOT_FOUND, "There is no " + what + ".");
    }

    /** JSON with an ETag; without a body where the caller has it already. */
    static void json(Context ctx, Object answer) {
        byte[] body = bytes(answer);
        String tag = "W/\"" + hash(body) + "\"";
        ctx.header("ETag", tag);
        String known = ctx.header("If-None-Match");
        if (known != null && (known.contains(tag) || known.strip().equals("*"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType("application/json").result(body);
    }

    static void problem(Context ctx, ProblemException problem) {
        ctx.status(problem.kind().status());
        if (problem.kind().status() == 503) {
            ctx.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        }
        if (problem.kind() == ProblemKind.NO_TOKEN) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"mailflow\"");
        }
        ctx.contentType(Problem.CONTENT_TYPE).result(bytes(problem.toProblem(ctx.path())));
    }

    static byte[] bytes(Object answer) {
        try {
            return Json.MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
