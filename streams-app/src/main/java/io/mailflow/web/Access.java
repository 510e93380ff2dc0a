package io.mailflow.web;

import io.javalin.http.Context;
import io.mailflow.config.ConfigException;
import io.mailflow.config.WebSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what, by tokens. On a loopback address without a read token everybody of this machine may read. */
final class Access {

    static final String COOKIE = "mailflow_session";

    private static final String BEARER = "Bearer ";
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable String readToken;
    private final @Nullable String adminToken;
    private final boolean loopback;
    private final String address;

    private Access(@Nullable String readToken, @Nullable String adminToken, boolean loopback, String address) {
        this.readToken = readToken;
        this.adminToken = adminToken;
        this.loopback = loopback;
        this.address = address;
    }

    /**
     * Checks that the settings are safe together.
     *
     * @throws ConfigException if they are not, or a secret cannot be read
     */
    static Access of(WebSettings web) {
        String read = Secrets.token("web.read-token", web.readToken());
        String admin = Secrets.token("web.admin-token", web.adminToken());
        boolean loopback = isLoopback(web.address());
        if (!loopback && web.tlsKeystore() == null && !web.insecure()) {
            throw new ConfigException("web.address is \"" + web.address()
                    + "\", which other machines reach; expected also web.tls.keystore, or web.insecure: true");
        }
        if (!loopback && read == null && admin == null) {
            throw new ConfigException("web.address is \"" + web.address()
                    + "\", which other machines reach; expected also a token at web.read-token, such as"
                    + " file:/etc/mailflow/read-token");
        }
        return new Access(read, admin, loopback, web.address());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException(
                    "web.address is \"" + address + "\"; expected an address of this machine, such as 127.0.0.1", e);
        }
    }

    /** Whether reading needs a token. */
    boolean tokenNeeded() {
        return !loopback || readToken != null;
    }

    /** What the caller may do, by header or cookie. */
    Role role(Context ctx) {
        String header = ctx.header("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String token = bearer ? header.substring(BEARER.length()) : null;
        return role(token == null ? ctx.cookie(COOKIE) : token.strip());
    }

    /** What a token allows. */
    Role role(@Nullable String token) {
        if (same(token, adminToken)) {
            return Role.ADMIN;
        }
        return same(token, readToken) || !tokenNeeded() ? Role.READER : Role.NONE;
    }

    /** Lets a request through to a route, or ends it. */
    void demand(Context ctx, Role needed) {
        demandOwnHost(ctx);
        Role role = role(ctx);
        if (role.compareTo(needed) >= 0) {
            return;
        }
        if (needed == Role.ADMIN && adminToken == null) {
            throw new ProblemException(
                    ProblemKind.NOT_ALLOWED,
                    "This needs the admin token, and none is configured; set web.admin-token and start" + " again.");
        }
        throw role == Role.NONE
                ? new ProblemException(ProblemKind.NO_TOKEN, "Send a token in the header Authorization: Bearer TOKEN.")
                : new ProblemException(ProblemKind.NOT_ALLOWED, "This needs the admin token.");
    }

    /** A page elsewhere whose name was made to point to this machine must not read what only this machine may. */
    private void demandOwnHost(Context ctx) {
        String host = ctx.header("Host");
        if (!loopback || host == null) {
            return;
        }
        String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        if (!LOOPBACK_NAMES.contains(name) && !name.endsWith(".localhost") && !name.equals(address)) {
            throw new ProblemException(
                    ProblemKind.WRONG_HOST, "This answers as localhost or " + address + " only; use such an address.");
        }
    }

    private static boolean same(@Nullable String token, @Nullable String expected) {
        return token != null
                && expected != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
