package io.mailflow.cli;

import io.mailflow.config.ConfigException;
import io.mailflow.config.ConfigLoader;
import io.mailflow.config.MailflowConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the configuration comes from, for every command that talks to a cluster ({@code @Mixin}). Options win over the
 * file, the file over the defaults.
 */
final class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file; deploy/mailflow.yaml lists every key. Default: the built-in defaults.")
    private @Nullable Path file;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,…",
            description = "Kafka brokers; wins over the configuration file.")
    private @Nullable String bootstrapServers;

    /** Whether the caller named any cluster. */
    boolean isGiven() {
        return file != null || bootstrapServers != null;
    }

    /**
     * The configuration to use.
     *
     * @throws ConfigException if the file cannot be used
     */
    MailflowConfig load() {
        MailflowConfig config = file == null ? MailflowConfig.DEFAULT : ConfigLoader.load(file);
        return bootstrapServers == null
                ? config
                : config.withKafka(config.kafka().withBootstrapServers(bootstrapServers));
    }
}
