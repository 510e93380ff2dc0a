package io.mailflow.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Readers who look at a page again and again, each asking once per pause or as soon as it has its answer. */
final class Crowd implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> readers = new ArrayList<>();

    Crowd(int size, URI page, Duration pause) {
        for (int i = 0; i < size; i++) {
            Duration first = pause.multipliedBy(i).dividedBy(size);
            Thread reader = new Thread(() -> read(page, first, pause), "reader-" + i);
            reader.setDaemon(true);
            readers.add(reader);
            reader.start();
        }
    }

    private void read(URI page, Duration first, Duration pause) {
        HttpRequest request = HttpRequest.newBuilder(page).build();
        try {
            if (stop.await(first.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            long due = System.nanoTime();
            do {
                try {
                    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
                    // From when it was due, so that a slow answer also counts for those who had to wait behind it.
                    nanos.add(System.nanoTime() - due);
                    if (answer.statusCode() != 200) {
                        failed.incrementAndGet();
                    }
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
                due = Math.max(due + pause.toNanos(), pause.isZero() ? System.nanoTime() : 0);
            } while (!stop.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Milliseconds at or below which a share of the answers came. */
    double percentile(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    int answers() {
        return nanos.size();
    }

    int failures() {
        return failed.get();
    }

    @Override
    public void close() {
        stop.countDown();
        readers.forEach(Crowd::awaitEnd);
    }

    private static void awaitEnd(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
