package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.Logged;
import io.mailflow.config.ConfigException;
import io.mailflow.config.SecretSource;
import io.mailflow.config.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whatever is asked with a token, right or wrong: no log repeats it, and no answer tells one that is right. */
class SecretsStayOutOfLogsTest {

    private static final String READ = "read-0f3c9d8a7b6e5f41";
    private static final String ADMIN = "admin-5b1e7c2d9a8f6034";
    private static final String WRONG = "wrong-77aa66bb55cc44dd";
    private static final String PASSWORD = "keystore-9e8d7c6b5a";

    @TempDir
    Path folder;

    @Test
    void shouldLogNoTokenWhoeverAsksWithIt() throws IOException {
        try (Logged logged = new Logged();
                Site site = Site.open(folder, settings(null))) {
            LoggerFactory.getLogger("io.mailflow.web").trace("what is logged is seen");
            StringBuilder answers = new StringBuilder();
            for (String token : new String[] {READ, ADMIN, WRONG}) {
                answers.append(site.get("/api/v1/alerts", "Authorization", "Bearer " + token)
                        .body());
                answers.append(site.get("/api/v1/alerts", "Cookie", Access.COOKIE + "=" + token)
                        .body());
                answers.append(site.get("/api/v1/alerts?token=" + token).body());
                answers.append(site.send("POST", "/api/v1/session", "{\"token\":\"" + token + "\"}")
                        .body());
                answers.append(site.send("POST", "/api/v1/session", "{\"token\":\"" + token)
                        .body());
                answers.append(site.send("POST", "/api/v1/read-model/rebuild", "", "Authorization", "Bearer " + token)
                        .body());
            }

            assertThat(logged.text()).contains("what is logged is seen").doesNotContain(READ, ADMIN, WRONG);
            assertThat(answers.toString()).doesNotContain(READ, ADMIN);
        }
    }

    @Test
    void shouldLogNoPasswordOfAKeystoreThatCannotBeOpened() throws IOException {
        Path keystore = Files.writeString(folder.resolve("web.p12"), "no keystore");
        try (Logged logged = new Logged()) {
            assertThatThrownBy(() -> Site.open(folder, settings(keystore)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("web.tls.keystore, " + keystore)
                    .hasMessageContaining("web.tls.password")
                    .hasMessageNotContaining(PASSWORD);
            assertThat(logged.text()).doesNotContain(PASSWORD, READ, ADMIN);
        }
    }

    private WebSettings settings(@Nullable Path keystore) throws IOException {
        return new WebSettings(
                "127.0.0.1",
                0,
                false,
                keystore,
                keystore == null ? null : secret("password", PASSWORD),
                secret("read-token", READ),
                secret("admin-token", ADMIN),
                10);
    }

    private SecretSource secret(String name, String value) throws IOException {
        return new SecretSource(
                SecretSource.Place.FILE,
                Files.writeString(folder.resolve(name), value).toString());
    }
}
