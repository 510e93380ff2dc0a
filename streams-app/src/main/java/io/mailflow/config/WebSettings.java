package io.mailflow.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Page, API and metrics ({@code web.*}). Secrets stand in files or in the environment, never here; they are read once, at
 * the start.
 *
 * @param address where it listens: an IP address or host name of this machine
 * @param port TCP port; 0 takes any free one
 * @param insecure the explicit word for listening without TLS on an address that is not loopback
 * @param tlsKeystore PKCS #12 file with certificate chain and private key, or null for plain HTTP
 * @param tlsPassword where the keystore's password stands, null if it has none
 * @param readToken where the token stands that allows reading, null if none is wanted
 * @param adminToken where the token stands that allows everything, null if nothing is to be allowed
 * @param metricsConnectors connectors that get series of their own, the most urgent ones; the rest is summed up
 */
public record WebSettings(
        String address,
        int port,
        boolean insecure,
        @Nullable Path tlsKeystore,
        @Nullable SecretSource tlsPassword,
        @Nullable SecretSource readToken,
        @Nullable SecretSource adminToken,
        int metricsConnectors) {

    /** The defaults of {@code mailflow.yaml}. */
    public static final WebSettings DEFAULT = new WebSettings("127.0.0.1", 8080, false, null, null, null, null, 50);

    /** The same settings on another port. */
    public WebSettings withPort(int other) {
        return new WebSettings(
                address, other, insecure, tlsKeystore, tlsPassword, readToken, adminToken, metricsConnectors);
    }
}
