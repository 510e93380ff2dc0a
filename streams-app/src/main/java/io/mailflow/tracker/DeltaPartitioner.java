package io.mailflow.tracker;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends sums to the partition of their connector, and heartbeats to all of them. */
public final class DeltaPartitioner implements StreamPartitioner<ConnectorKey, TrackerMessage> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, ConnectorKey key, TrackerMessage message, int partitions) {
        if (message instanceof Heartbeat) {
            return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet()));
        }
        byte[] bytes = ConnectorKey.SERDE.serializer().serialize(topic, key);
        return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(bytes)) % partitions));
    }
}
