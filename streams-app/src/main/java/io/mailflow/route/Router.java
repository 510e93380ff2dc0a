package io.mailflow.route;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.RouteSettings;
import io.mailflow.naming.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups alerts into incidents and tells Alertmanager, beside the stream, in a thread of its own. Any number of instances
 * may run one; the consumer group {@code <application id>-router} lets one of them route. What fails is logged, counted
 * and tried again from what is kept: nothing here stops the stream.
 */
public final class Router implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(3);
    /** Longer than a call to an Alertmanager may take. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final Map<String, Object> client;
    private final String group;
    private final RouteSettings settings;
    private final Catalogue catalogue;
    private final InstantSource clock;
    private final RouteMeter meter = new RouteMeter();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "router");

    private Router(MailflowConfig config, Map<String, Object> client, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.group = config.kafka().applicationId() + "-router";
        this.settings = config.route();
        this.catalogue = Catalogue.load(config.catalogue().folder());
        this.clock = clock;
    }

    /**
     * Starts one and returns at once.
     *
     * @param client connection settings of Kafka clients
     * @param clock the wall clock: Alertmanager knows no event time
     */
    public static Router start(MailflowConfig config, Map<String, Object> client, InstantSource clock) {
        Router router = new Router(config, client, clock);
        router.thread.setDaemon(true);
        router.thread.start();
        return router;
    }

    /** What it has done so far. */
    public RouteCounts counts() {
        return meter.counts();
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (RouterLease lease = new RouterLease(client, group, Topics.INCIDENTS)) {
                while (stop.getCount() > 0) {
                    if (lease.await()) {
                        route(lease);
                    }
                }
            } catch (RuntimeException e) {
                meter.failures.incrementAndGet();
                LOG.error("The router begins again: {}", e.getMessage(), e);
                pause();
            }
        }
    }

    private void route(RouterLease lease) {
        try (Routing routing = new Routing(client, group, settings, catalogue, meter)) {
            meter.active.set(1);
            LOG.info("This instance routes incidents to {}", settings.alertmanagers());
            while (stop.getCount() > 0 && lease.renew()) {
                routing.step(lease.member(), clock.instant());
            }
        } finally {
            meter.active.set(0);
            meter.openIncidents.set(0);
        }
    }

    private void pause() {
        try {
            stop.await(BETWEEN_FAILURES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    /** Stops and lets another instance take over. Alerts go on firing: stopping is no end of an incident. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
