package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.ConfigException;
import io.mailflow.config.SecretSource;
import io.mailflow.config.WebSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final String READ = "read-token-of-sixteen";
    private static final String ADMIN = "admin-token-of-sixteen";
    private static final String PASSWORD = "of-the-keystore";

    @TempDir
    Path folder;

    @Test
    void shouldLetReadersReadAndAdministratorsChange() {
        try (Site site = Site.open(folder, settings("127.0.0.1", false, READ))) {
            assertThat(site.get("/").statusCode()).isEqualTo(200);
            assertThat(site.get("/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = site.get("/api/v1/alerts");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(site.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(site.get("/api/v1/events", "Accept", "text/event-stream").statusCode())
                    .isEqualTo(401);
            assertThat(get(site, "wrong-token-of-sixteen").statusCode()).isEqualTo(401);
            assertThat(get(site, READ).statusCode()).isEqualTo(200);
            assertThat(get(site, ADMIN).statusCode()).isEqualTo(200);

            assertThat(rebuild(site, "wrong-token-of-sixteen").statusCode()).isEqualTo(401);
            assertThat(rebuild(site, READ).statusCode()).isEqualTo(403);
            assertThat(site.rebuilds).hasValue(0);
            assertThat(rebuild(site, ADMIN).statusCode()).isEqualTo(202);
            assertThat(site.rebuilds).hasValue(1);
        }
    }

    /** RFC 9110 section 11.1: whatever the case of the scheme. */
    @Test
    void shouldTakeATokenUnderItsSchemeInAnyCase() {
        try (Site site = Site.open(folder, settings("127.0.0.1", false, READ))) {
            assertThat(site.get("/api/v1/alerts", "Authorization", "bearer " + READ)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldGiveACookieForAToken() {
        try (Site site = Site.open(folder, settings("127.0.0.1", false, READ))) {
            assertThat(site.get("/api/v1/session").body()).isEqualTo("{\"role\":\"none\",\"tokenNeeded\":true}");
            assertThat(site.send("POST", "/api/v1/session", "{\"token\":\"nonsense-of-sixteen\"}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(site.send("POST", "/api/v1/session", "nonsense").statusCode())
                    .isEqualTo(400);

            HttpResponse<String> opened = site.send("POST", "/api/v1/session", "{\"token\":\"" + READ + "\"}");

            assertThat(opened.statusCode()).isEqualTo(200);
            String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
            String sent = cookie.substring(0, cookie.indexOf(';'));
            assertThat(site.get("/api/v1/alerts", "Cookie", sent).statusCode()).isEqualTo(200);
            assertThat(site.get("/api/v1/session", "Cookie", sent).body()).contains("\"reader\"");
            assertThat(site.send("DELETE", "/api/v1/session", null).statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void shouldReadTokensFromFilesAndTellNobody() {
        try (Site site = Site.open(folder, settings("127.0.0.1", false, READ + "\n"))) {
            HttpResponse<String> refused = site.get("/api/v1/alerts");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).doesNotContain(READ);
            assertThat(get(site, READ).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseToListenForOthersWithoutTlsOrWithoutToken() {
        assertThatThrownBy(() -> Access.of(settings("0.0.0.0", false, READ)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.tls.keystore")
                .hasMessageContaining("web.insecure: true");
        assertThatThrownBy(() -> Access.of(new WebSettings("0.0.0.0", 0, true, null, null, null, null, 10)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.read-token");
        assertThat(Access.of(settings("0.0.0.0", true, READ)).tokenNeeded()).isTrue();
        assertThatThrownBy(() -> Access.of(settings("127.0.0.1", false, "short-one")))
                .hasMessageContaining("at least 16")
                .message()
                .doesNotContain("short-one");
        assertThatThrownBy(() -> Access.of(settings("127.0.0.1", false, " ")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.read-token")
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> Access.of(new WebSettings(
                        "127.0.0.1",
                        0,
                        false,
                        null,
                        null,
                        SecretSource.parse("env:MAILFLOW_NO_SUCH_VARIABLE").orElseThrow(),
                        null,
                        10)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.read-token")
                .hasMessageContaining("env:MAILFLOW_NO_SUCH_VARIABLE");
    }

    /** All addresses of the machine, with a certificate made for the test: nothing but that certificate is trusted. */
    @Test
    void shouldListenForOthersWithTlsAndToken() throws Exception {
        Path keystore = folder.resolve("web.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        keystore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keyalg",
                        "EC",
                        "-alias",
                        "web",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        WebSettings settings = new WebSettings(
                "0.0.0.0",
                0,
                false,
                keystore,
                secret("keystore-password", PASSWORD),
                secret("read-token", READ),
                secret("admin-token", ADMIN),
                10);

        try (Site site = Site.open(folder, settings, trusting(keystore))) {
            assertThat(site.server.url()).startsWith("https://localhost:");
            assertThat(site.get("/api/v1/alerts").statusCode()).isEqualTo(401);
            HttpResponse<String> read = get(site, READ);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(rebuild(site, READ).statusCode()).isEqualTo(403);
            assertThat(rebuild(site, ADMIN).statusCode()).isEqualTo(202);
            HttpRequest plain = HttpRequest.newBuilder(
                            URI.create(site.uri("/health/live").toString().replace("https:", "http:")))
                    .build();
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(plain, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            HttpRequest untrusting =
                    HttpRequest.newBuilder(site.uri("/health/live")).build();
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(untrusting, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
        assertThatThrownBy(() -> Listener.of(
                        new WebSettings("127.0.0.1", 0, false, folder.resolve("none.p12"), null, null, null, 10)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.tls.keystore");
    }

    private static HttpClient trusting(Path keystore) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore own = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("web", own.getCertificate("web"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @Test
    void shouldSayThatThePortIsTaken() {
        try (Site first = Site.open(folder.resolve("a"))) {
            int port = first.uri("/").getPort();
            assertThatThrownBy(() -> Site.open(folder.resolve("b"), WebSettings.DEFAULT.withPort(port)))
                    .isInstanceOf(WebException.class)
                    .hasMessage("Port " + port + " of 127.0.0.1 is taken; choose another with --port N or web.port, 0"
                            + " for any free one");
        }
    }

    private static HttpResponse<String> get(Site site, String token) {
        return site.get("/api/v1/alerts", "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> rebuild(Site site, String token) {
        return site.send("POST", "/api/v1/read-model/rebuild", "", "Authorization", "Bearer " + token);
    }

    /** With this read token and an admin token. */
    private WebSettings settings(String address, boolean insecure, String readToken) {
        return new WebSettings(
                address, 0, insecure, null, null, secret("read-token", readToken), secret("admin-token", ADMIN), 10);
    }

    private SecretSource secret(String name, String value) {
        try {
            return new SecretSource(
                    SecretSource.Place.FILE,
                    Files.writeString(folder.resolve(name), value).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
