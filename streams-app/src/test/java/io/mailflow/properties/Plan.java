package io.mailflow.properties;

import java.util.Random;

/**
 * What one message does.
 *
 * @param startMinute when it is first tried, in minutes since the beginning
 * @param route which of the {@link World#ROUTES} it takes
 * @param shape how it fares
 * @param seed of everything else about it: its recipients, intervals, codes, and what the input does to its rows
 */
record Plan(int startMinute, int route, Shape shape, long seed) {

    /** Messages begin within so many minutes. */
    static final int SPAN = 900;

    static Plan random(Random random) {
        Shape[] shapes = Shape.values();
        return new Plan(
                random.nextInt(SPAN),
                random.nextInt(World.ROUTES.size()),
                shapes[random.nextInt(shapes.length)],
                random.nextInt(1_000_000));
    }

    /** How a message fares. */
    enum Shape {
        /** Delivered at once. */
        SENT,
        /** Deferred some times, then delivered. */
        RETRIED,
        /** Deferred or not, then rejected. */
        REJECTED,
        /** Retried until an event says it expired. */
        EXPIRED,
        /** Deferred, then never heard of again. */
        ABANDONED,
        /** Deferred, then left the queue without an attempt. */
        CLOSED,
        /** Known from a summary trace only. */
        PENDING,
        /** Known from summary and detail rows. */
        SUMMARY_AND_DETAIL,
        /** Deferred on one connector, then on another. */
        FALLBACK,
        /** The first rows name no connector. */
        NAMED_LATER,
        /** Rows that say nothing. */
        NOISE
    }
}
