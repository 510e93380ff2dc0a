package io.mailflow.web;

import io.javalin.config.JettyConfig;
import io.mailflow.config.ConfigException;
import io.mailflow.config.WebSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Where and how the server listens: plain HTTP, or HTTPS with the configured keystore. */
final class Listener {

    /** A connector's name may hold a slash, a percent sign, a semicolon or what looks suspicious, encoded. */
    private static final UriCompliance NAMES_IN_PATHS = UriCompliance.DEFAULT.with(
            "NAMES_IN_PATHS",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final WebSettings settings;
    private final SslContextFactory.@Nullable Server tls;

    private Listener(WebSettings settings, SslContextFactory.@Nullable Server tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /** @throws ConfigException if keystore or password cannot be read, or do not fit each other */
    static Listener of(WebSettings settings) {
        Path keystore = settings.tlsKeystore();
        if (keystore == null) {
            return new Listener(settings, null);
        }
        if (!Files.isReadable(keystore)) {
            throw new ConfigException("Cannot read the file of web.tls.keystore, " + keystore);
        }
        String secret = Secrets.secret("web.tls.password", settings.tlsPassword());
        String password = secret == null ? "" : secret;
        demandOpens(keystore, password);
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keystore.toAbsolutePath().toString());
        tls.setKeyStoreType("PKCS12");
        tls.setKeyStorePassword(password);
        // The connector's certificate decides for every name; callers check it.
        tls.setSniRequired(false);
        return new Listener(settings, tls);
    }

    private static void demandOpens(Path keystore, String password) {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore.getInstance("PKCS12").load(in, password.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(
                    "Cannot open the file of web.tls.keystore, " + keystore
                            + ": it is no PKCS #12 file, or web.tls.password names another password than its own",
                    e);
        }
    }

    void listen(JettyConfig jetty) {
        jetty.host = settings.address();
        jetty.port = settings.port();
        jetty.modifyHttpConfiguration(http -> http.setUriCompliance(NAMES_IN_PATHS));
        jetty.modifyServletContextHandler(context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        SslContextFactory.Server context = tls;
        if (context != null) {
            jetty.addConnector((server, http) -> {
                HttpConfiguration https = new HttpConfiguration(http);
                SecureRequestCustomizer secure = new SecureRequestCustomizer();
                secure.setSniHostCheck(false);
                https.addCustomizer(secure);
                ServerConnector connector = new ServerConnector(server, context, new HttpConnectionFactory(https));
                connector.setHost(settings.address());
                connector.setPort(settings.port());
                return connector;
            });
        }
    }

    Map<String, String> headers() {
        return tls == null ? Map.of() : Map.of("Strict-Transport-Security", "max-age=31536000");
    }

    /** What to open in a browser on this machine. */
    String url(int port) {
        String host = settings.address();
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
                host = "localhost";
            } else if (host.indexOf(':') >= 0) {
                host = "[" + host + "]";
            }
        } catch (UnknownHostException e) {
            // It listens there, so it has a name.
        }
        return (tls == null ? "http://" : "https://") + host + ":" + port + "/";
    }
}
