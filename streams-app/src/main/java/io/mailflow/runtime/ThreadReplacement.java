package io.mailflow.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Decides about a stream thread that failed. While a process stands still, brokers give its place and its transaction
 * away; a new thread begins where the last commit ended, and nothing is counted twice. All else stops the stream, and so
 * does what comes back again and again.
 */
final class ThreadReplacement {

    private static final int MOST = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    /** What is over with the thread that met it. */
    private static final List<Class<? extends Exception>> PASSING = List.of(
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidPidMappingException.class,
            TransactionAbortedException.class,
            UnknownMemberIdException.class);

    private final Deque<Instant> replaced = new ArrayDeque<>();

    /** What to do about a failure at an instant of the wall clock; threads fail by themselves, so at any time. */
    synchronized StreamThreadExceptionResponse decide(Throwable failure, Instant now) {
        while (!replaced.isEmpty() && replaced.peekFirst().isBefore(now.minus(WITHIN))) {
            replaced.removeFirst();
        }
        if (!isPassing(failure) || replaced.size() == MOST) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replaced.addLast(now);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (PASSING.stream().anyMatch(cause.getClass()::equals)) {
                return true;
            }
        }
        return false;
    }
}
