package io.mailflow.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a loop that the process was asked to end (Ctrl-C, SIGTERM), and holds the process until what the loop's owner
 * opened is closed.
 */
public final class StopSignal implements AutoCloseable {

    private static final long CLOSE_WITHIN_SECONDS = 60;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private StopSignal() {}

    /** Listens from now on. Open it before, so that it closes after, everything else. */
    public static StopSignal onShutdown() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop-signal"));
        return signal;
    }

    private void stop() {
        stopped.countDown();
        try {
            closed.await(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether to end. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits for the signal, and says whether it came in this time. */
    public boolean comesWithin(Duration time) throws InterruptedException {
        return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
