package io.mailflow.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Loopback ports that are bound before the broker starts, so that its configuration can name them and nobody else can
 * take them in between. The broker gets each of them once and closes it; {@link #close()} closes what it never took.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

    private final Map<Integer, ServerSocketChannel> waiting = new HashMap<>();

    /** Binds a free port of the loopback interface. */
    synchronized int bind() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            waiting.put(port, channel);
            return port;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public synchronized ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int listenBacklogSize, int recvBufferSize)
            throws IOException {
        ServerSocketChannel channel = waiting.remove(address.getPort());
        if (channel == null) {
            throw new IOException("Listener " + listenerName + " asks for " + address + ", which was not bound for it");
        }
        if (recvBufferSize > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, recvBufferSize);
        }
        channel.configureBlocking(false);
        return channel;
    }

    @Override
    public synchronized void close() throws IOException {
        for (ServerSocketChannel channel : waiting.values()) {
            channel.close();
        }
        waiting.clear();
    }
}
