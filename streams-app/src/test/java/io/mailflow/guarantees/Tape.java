package io.mailflow.guarantees;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records of {@code mailflow.trace-events} as they were written once: the same input for every run, to the byte, the
 * partition and the order within it.
 *
 * @param entries the records in an order in which they may have been written
 * @param partitions how many partitions the topic has
 */
record Tape(List<Entry> entries, int partitions) {

    private static final String MARK = "{\"record\":\"progress\",\"progress\":\"2";

    Tape {
        entries = List.copyOf(entries);
    }

    /** One record; key and value may be null. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    record Entry(int partition, byte[] key, byte[] value) {

        /** Whether it tells of a message; our ingest gives only such records a key. */
        boolean isEvent() {
            return key != null && !Arrays.equals(key, Hostile.KEY);
        }

        /** Whether it tells of the source's progress. */
        boolean isMark() {
            return key == null && value != null && new String(value, StandardCharsets.UTF_8).startsWith(MARK);
        }
    }

    int size() {
        return entries.size();
    }

    /** How many events there are. */
    long events() {
        return entries.stream().filter(Entry::isEvent).count();
    }

    /** The place after the last record of a partition. */
    int endOf(int partition) {
        int end = 0;
        for (int place = 0; place < size(); place++) {
            end = entries.get(place).partition() == partition ? place + 1 : end;
        }
        return end;
    }

    /** The tape up to a place. */
    Tape first(int count) {
        return new Tape(entries.subList(0, count), partitions);
    }

    /** The tape from a place on. */
    Tape from(int place) {
        return new Tape(entries.subList(place, size()), partitions);
    }

    /** One partition after the other, each in its own order. */
    Tape partitionByPartition() {
        List<Entry> ordered = new ArrayList<>(size());
        for (int partition = 0; partition < partitions; partition++) {
            int wanted = partition;
            entries.stream().filter(entry -> entry.partition() == wanted).forEach(ordered::add);
        }
        return new Tape(ordered, partitions);
    }

    /** Merges what was read partition by partition, evenly. */
    static Tape merge(List<List<Entry>> byPartition) {
        List<Entry> merged = new ArrayList<>();
        int[] next = new int[byPartition.size()];
        int total = byPartition.stream().mapToInt(List::size).sum();
        for (int step = 1; step <= total; step++) {
            for (int partition = 0; partition < next.length; partition++) {
                List<Entry> entries = byPartition.get(partition);
                long due = (long) entries.size() * step / total;
                while (next[partition] < due) {
                    merged.add(entries.get(next[partition]++));
                }
            }
        }
        if (Arrays.stream(next).sum() != total) {
            throw new IllegalStateException("merged " + Arrays.toString(next) + " of " + total);
        }
        return new Tape(merged, byPartition.size());
    }
}
