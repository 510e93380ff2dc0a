package io.mailflow.cli;

import io.mailflow.config.ConfigException;
import io.mailflow.config.MailflowConfig;
import org.jspecify.annotations.Nullable;

/** What {@code --port} does to a configuration. */
final class WebPort {

    private static final int HIGHEST = 65_535;

    private WebPort() {}

    /** @throws ConfigException if it is no port */
    static MailflowConfig apply(MailflowConfig config, @Nullable Integer port) {
        if (port == null) {
            return config;
        }
        if (port < 0 || port > HIGHEST) {
            throw new ConfigException(
                    "--port is " + port + "; expected a number between 0 and " + HIGHEST + ", such as 8080");
        }
        return config.withWeb(config.web().withPort(port));
    }
}
