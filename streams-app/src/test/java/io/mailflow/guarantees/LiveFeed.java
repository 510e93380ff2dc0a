package io.mailflow.guarantees;

import io.mailflow.config.MailflowConfig;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.runtime.Clients;
import io.mailflow.simulate.LiveTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Live mail: nothing for up to three seconds, then a burst of up to thirty events, and so on. */
final class LiveFeed implements AutoCloseable {

    private static final int BURST = 30;
    private static final int PAUSE_MS = 3_000;

    private final Instant started;
    private final Instant until;
    private final TraceProducer producer;
    private final LiveTraffic traffic;
    private final Random random = new Random(11);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong bursts = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean over;

    private LiveFeed(Instant started, Duration length, TraceProducer producer) {
        this.started = started;
        until = started.plus(length);
        this.producer = producer;
        traffic = new LiveTraffic(started);
    }

    /** Begins at once, in the background. */
    static LiveFeed start(MailflowConfig config, Duration length) {
        try {
            LiveFeed feed = new LiveFeed(Instant.now(), length, Clients.traceProducer(config));
            feed.clock.execute(feed::burst);
            return feed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void burst() {
        try {
            if (Instant.now().isAfter(until)) {
                producer.markProgress();
                producer.flush();
                over = true;
                return;
            }
            int size = random.nextInt(BURST);
            for (int i = 0; i < size; i++) {
                // The mail of a slow afternoon, as if all of it happened now.
                producer.sendLive(Events.at(Instant.now(), traffic.next()));
            }
            producer.tick();
            producer.flush();
            written.addAndGet(size);
            bursts.incrementAndGet();
            var unused = clock.schedule(this::burst, random.nextInt(PAUSE_MS), TimeUnit.MILLISECONDS);
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    Instant started() {
        return started;
    }

    /** Whether everything was written. */
    boolean isOver() {
        rethrow();
        return over;
    }

    /** Events that brokers have acknowledged. */
    long written() {
        rethrow();
        return written.get();
    }

    long bursts() {
        return bursts.get();
    }

    private void rethrow() {
        if (failure.get() != null) {
            throw new IllegalStateException("Live events could not be written", failure.get());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }
}
