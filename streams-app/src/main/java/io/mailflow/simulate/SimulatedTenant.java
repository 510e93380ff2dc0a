package io.mailflow.simulate;

import io.mailflow.schema.Platform;

/**
 * An organisation of the simulated world.
 *
 * @param name its domain, which is also its tenant id in everything written about it
 * @param platform whose queues its mail waits in
 * @param server host name of the server that queues and logs its mail
 * @param serverIp address of that server
 * @param receiveConnector name of the receive connector its mail comes in by, as the server logs it
 * @param owner who is responsible for its connectors, as the registry has it
 */
public record SimulatedTenant(
        String name, Platform platform, String server, String serverIp, String receiveConnector, String owner) {}
