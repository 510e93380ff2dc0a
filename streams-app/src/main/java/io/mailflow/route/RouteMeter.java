package io.mailflow.route;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the router does; read from other threads. */
final class RouteMeter {

    final AtomicInteger active = new AtomicInteger();
    final AtomicInteger openIncidents = new AtomicInteger();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong unreachable = new AtomicLong();
    final AtomicLong untold = new AtomicLong();
    final AtomicLong unreadable = new AtomicLong();
    final AtomicLong failures = new AtomicLong();

    RouteCounts counts() {
        return new RouteCounts(
                active.get(),
                openIncidents.get(),
                accepted.get(),
                refused.get(),
                unreachable.get(),
                untold.get(),
                unreadable.get(),
                failures.get());
    }
}
