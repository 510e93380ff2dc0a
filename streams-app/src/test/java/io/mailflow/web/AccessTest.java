package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.ConfigException;
import io.mailflow.config.WebSettings;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final String READ = "read-token-of-sixteen";
    private static final String ADMIN = "admin-token-of-sixteen";
    private static final Map<String, String> TOKENS =
            Map.of("MAILFLOW_READ_TOKEN", READ, "MAILFLOW_ADMIN_TOKEN", ADMIN);

    @TempDir
    Path folder;

    @Test
    void shouldLetReadersReadAndAdministratorsChange() {
        try (Site site = Site.open(folder, TOKENS)) {
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

    @Test
    void shouldGiveACookieForAToken() {
        try (Site site = Site.open(folder, TOKENS)) {
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
    void shouldReadTokensFromFilesAndTellNobody() throws Exception {
        Path file = Files.writeString(folder.resolve("read.token"), READ + "\n");
        try (Site site = Site.open(folder, settings("127.0.0.1", false, file))) {
            HttpResponse<String> refused = site.get("/api/v1/alerts");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).doesNotContain(READ);
            assertThat(get(site, READ).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseToListenForOthersWithoutTlsOrWithoutToken() {
        assertThatThrownBy(() -> Access.of(settings("0.0.0.0", false, null), TOKENS::get))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.tls.keystore")
                .hasMessageContaining("web.insecure: true");
        assertThatThrownBy(() -> Access.of(settings("0.0.0.0", true, null), name -> null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.read-token-file");
        assertThat(Access.of(settings("0.0.0.0", true, null), TOKENS::get).tokenNeeded())
                .isTrue();
        assertThatThrownBy(() -> Access.of(WebSettings.DEFAULT, Map.of("MAILFLOW_READ_TOKEN", "short-one")::get))
                .hasMessageContaining("at least 16")
                .message()
                .doesNotContain("short-one");
        assertThatThrownBy(() -> Access.of(settings("127.0.0.1", false, folder.resolve("none")), TOKENS::get))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("web.read-token-file");
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

    private static WebSettings settings(String address, boolean insecure, @Nullable Path token) {
        return new WebSettings(address, 0, insecure, null, null, token, null, 10);
    }
}
