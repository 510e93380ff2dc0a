package io.mailflow.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Page, API and metrics ({@code web.*}). Secrets stand in files or in the environment, never here.
 *
 * @param address where it listens: an IP address or host name of this machine
 * @param port TCP port; 0 takes any free one
 * @param insecure the explicit word for listening without TLS on an address that is not loopback
 * @param tlsKeystore PKCS #12 file with certificate chain and private key, or null for plain HTTP
 * @param tlsPasswordFile file with the keystore's password, or null where {@code MAILFLOW_TLS_PASSWORD} has it
 * @param readTokenFile file with the token that allows reading, or null where {@code MAILFLOW_READ_TOKEN} has it or
 *     none is wanted
 * @param adminTokenFile the same for everything, and {@code MAILFLOW_ADMIN_TOKEN}
 * @param metricsConnectors connectors that get series of their own, the most urgent ones; the rest is summed up
 */
public record WebSettings(
        String address,
        int port,
        boolean insecure,
        @Nullable Path tlsKeystore,
        @Nullable Path tlsPasswordFile,
        @Nullable Path readTokenFile,
        @Nullable Path adminTokenFile,
        int metricsConnectors) {

    /** The defaults of {@code mailflow.yaml}. */
    public static final WebSettings DEFAULT = new WebSettings("127.0.0.1", 8080, false, null, null, null, null, 50);

    /** The same settings on another port. */
    public WebSettings withPort(int other) {
        return new WebSettings(
                address,
                other,
                insecure,
                tlsKeystore,
                tlsPasswordFile,
                readTokenFile,
                adminTokenFile,
                metricsConnectors);
    }
}
