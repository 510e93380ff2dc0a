package io.mailflow.readmodel;

/** Which connector of which tenant. */
public record ConnectorId(String tenant, String connector) {}
