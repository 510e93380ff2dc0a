package io.mailflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TopicTailTest {

    private static final TopicPartition PARTITION = new TopicPartition("progress", 0);

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
    private final List<String> values = new ArrayList<>();

    private void holds(long records, long end) {
        kafka.updatePartitions("progress", List.of(new PartitionInfo("progress", 0, null, null, null)));
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.updateEndOffsets(Map.of(PARTITION, end));
        kafka.schedulePollTask(() -> {
            for (long offset = 0; offset < records; offset++) {
                byte[] value = offset == 3 ? null : Long.toString(offset).getBytes(StandardCharsets.UTF_8);
                kafka.addRecord(new ConsumerRecord<>("progress", 0, offset, null, value));
            }
        });
    }

    private void read(Duration patience) {
        TopicTail.each(kafka, "progress", 4, patience, value -> values.add(new String(value, StandardCharsets.UTF_8)));
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldHandOverTheNewestAndLeaveOutDeletions() {
        holds(6, 6);

        read(Duration.ofMinutes(1));

        assertThat(values).containsExactly("2", "4", "5");
    }

    /** As when the broker that leads the partition goes away: the client itself waits for ever. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldEndWhereNothingComesAnyMore() {
        holds(5, 6);

        assertThatThrownBy(() -> read(Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
        assertThat(values).containsExactly("2", "4");
    }
}
