package io.mailflow.monitor;

import io.mailflow.naming.StoreNames;
import io.mailflow.tracker.AttemptCounts;
import java.time.Duration;
import org.apache.kafka.common.errors.SerializationException;

/** The three sizes of windows, aligned to the epoch. Distinct counts of one do not add up to those of another. */
enum WindowSize {
    FIVE_MINUTES(0, Duration.ofMinutes(5), Duration.ofDays(7), StoreNames.WINDOWS_5M) {
        @Override
        long messages(AttemptCounts counts) {
            return counts.messages5m();
        }

        @Override
        long recipients(AttemptCounts counts) {
            return counts.recipients5m();
        }
    },
    HOUR(1, Duration.ofHours(1), Duration.ofDays(90), StoreNames.WINDOWS_1H) {
        @Override
        long messages(AttemptCounts counts) {
            return counts.messages1h();
        }

        @Override
        long recipients(AttemptCounts counts) {
            return counts.recipients1h();
        }
    },
    DAY(2, Duration.ofDays(1), Duration.ofDays(730), StoreNames.WINDOWS_1D) {
        @Override
        long messages(AttemptCounts counts) {
            return counts.messages1d();
        }

        @Override
        long recipients(AttemptCounts counts) {
            return counts.recipients1d();
        }
    };

    private final int number;
    private final Duration size;
    private final Duration retention;
    private final String store;
    private final long sizeMs;

    WindowSize(int number, Duration size, Duration retention, String store) {
        this.number = number;
        this.size = size;
        this.retention = retention;
        this.store = store;
        this.sizeMs = size.toMillis();
    }

    /** Distinct messages new in a window of this size. */
    abstract long messages(AttemptCounts counts);

    /** Distinct recipients new in a window of this size. */
    abstract long recipients(AttemptCounts counts);

    /** What stands for it in stored keys. */
    int number() {
        return number;
    }

    /** The size that a number stands for. */
    static WindowSize numbered(int number) {
        for (WindowSize size : values()) {
            if (size.number == number) {
                return size;
            }
        }
        throw new SerializationException("unknown size of window: " + number);
    }

    /** Its length. */
    Duration size() {
        return size;
    }

    /** Its length in milliseconds. */
    long sizeMs() {
        return sizeMs;
    }

    /** How long counts of this size are kept. */
    Duration retention() {
        return retention;
    }

    /** The store of this size. */
    String store() {
        return store;
    }

    /** Start of the window that contains an instant, epoch milliseconds. */
    long startMs(long atMs) {
        return Math.floorDiv(atMs, sizeMs) * sizeMs;
    }
}
