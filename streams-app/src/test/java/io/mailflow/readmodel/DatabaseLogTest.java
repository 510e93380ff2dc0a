package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DatabaseLogTest {

    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    private final AtomicBoolean stop = new AtomicBoolean();

    /** Two readers, one of which is always reading: SQLite by itself begins its log anew only when nobody does. */
    @Test
    void shouldKeepTheLogShortThoughSomebodyIsAlwaysReading() throws Exception {
        try (ReadModel model = ReadModel.open(folder)) {
            Semaphore first = new Semaphore(0);
            Semaphore second = new Semaphore(0);
            Thread one = new Thread(() -> readOn(model, first, second));
            Thread other = new Thread(() -> {
                first.acquireUninterruptibly();
                readOn(model, second, first);
            });
            one.start();
            other.start();
            long largest = 0;
            for (int batch = 0; batch < 60; batch++) {
                Records records = new Records();
                for (int i = 0; i < 200; i++) {
                    // Far apart, so that each changes pages of its own.
                    records.health("northwind", "Connector " + (i * 20 + batch % 20), batch);
                }
                records.into(model);
                largest = Math.max(largest, model.bytes());
            }
            stop.set(true);
            first.release();
            second.release();
            one.join();
            other.join();

            assertThat(largest).isLessThan(32 * MEBIBYTE);
        }
    }

    private void readOn(ReadModel model, Semaphore mine, Semaphore others) {
        while (!stop.get()) {
            model.read(sql -> {
                sql.query("SELECT count(*) AS connectors FROM connector", row -> row.count("connectors"));
                mine.release();
                others.acquireUninterruptibly();
                return true;
            });
        }
        mine.release();
    }
}
