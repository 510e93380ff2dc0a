package io.mailflow.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All instances that share the work of the stream, as the brokers know them.
 *
 * @param state of the consumer group in Kafka's words, lower case, such as {@code stable}; null before the first look
 * @param at when the brokers last told, null before
 * @param problem why they do not tell now, null when they do
 * @param instances by name
 */
public record GroupReport(
        @Nullable String state,
        @Nullable Instant at,
        @Nullable String problem,
        List<Instance> instances) {

    /** Before the first look. */
    public static final GroupReport NONE = new GroupReport(null, null, null, List.of());

    /**
     * One instance.
     *
     * @param name client id without the thread's part
     * @param host where it runs, as the brokers see it
     * @param answering whether it is the one that tells
     */
    public record Instance(String name, String host, boolean answering, List<Member> threads) {}

    /** A stream thread with what it reads; the name is that of the thread within its instance. */
    public record Member(String name, List<Share> partitions) {}

    /**
     * A partition and how far its reader is.
     *
     * @param lag records that wait, transaction markers included; null where nothing was committed yet
     */
    public record Share(
            String topic, int partition, @Nullable Long lag) {}
}
