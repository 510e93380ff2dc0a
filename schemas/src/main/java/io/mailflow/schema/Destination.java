package io.mailflow.schema;

import org.jspecify.annotations.Nullable;

/**
 * The server an attempt went to, as far as the row or its reply tells.
 *
 * @param host DNS name of the server, or null
 * @param ip IP address as text, or null
 * @param port TCP port, or null
 */
public record Destination(
        @Nullable String host,
        @Nullable String ip,
        @Nullable Integer port) {}
