package io.mailflow.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.mailflow.serde.Json;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/session}: a token as cookie, for pages that cannot send headers with everything. */
final class SessionRoutes {

    private static final String PATH = "/api/v1/session";
    private static final int UNTIL_THE_BROWSER_CLOSES = -1;

    private final Access access;

    SessionRoutes(Access access) {
        this.access = access;
    }

    private record Session(Role role, boolean tokenNeeded) {}

    private record Offer(@Nullable String token) {
        @JsonCreator
        Offer(@JsonProperty("token") @Nullable String token) {
            this.token = token;
        }
    }

    void add(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, ctx -> Answers.json(ctx, new Session(access.role(ctx), access.tokenNeeded())), Role.NONE);
        routes.post(PATH, this::open, Role.NONE);
        routes.delete(PATH, this::close, Role.NONE);
    }

    private void open(Context ctx) {
        String token = offered(ctx);
        Role role = access.role(token);
        // Without need for tokens any text reads; it must not become a cookie that later fails.
        if (role == Role.NONE || (role == Role.READER && !access.tokenNeeded())) {
            throw new ProblemException(ProblemKind.NO_TOKEN, "The token is not one of this program's.");
        }
        Cookie cookie = new Cookie(Access.COOKIE, token);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(ctx.scheme().equals("https"));
        cookie.setSameSite(SameSite.STRICT);
        cookie.setMaxAge(UNTIL_THE_BROWSER_CLOSES);
        ctx.cookie(cookie);
        Answers.json(ctx, new Session(role, access.tokenNeeded()));
    }

    private void close(Context ctx) {
        ctx.removeCookie(Access.COOKIE, "/");
        ctx.status(204);
    }

    private static String offered(Context ctx) {
        try {
            Offer offer = Json.MAPPER.readValue(ctx.body(), Offer.class);
            if (offer != null && offer.token() != null && !offer.token().isBlank()) {
                return offer.token().strip();
            }
        } catch (JsonProcessingException e) {
            // Said below; the text may hold a token.
        }
        throw ProblemException.parameter("token", "", "a body such as {\"token\": \"…\"}");
    }
}
