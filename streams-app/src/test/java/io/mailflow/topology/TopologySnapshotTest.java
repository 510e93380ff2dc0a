package io.mailflow.topology;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.config.MailflowConfig;
import io.mailflow.runtime.StreamsProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;

/**
 * Keeps the topology from changing by accident.
 *
 * <p>Names of stores and of the repartition topic are names of topics on the users' clusters, and the order of
 * sub-topologies is part of the task ids that local state and transactions are filed under. A change that looks like
 * tidying makes a running installation begin with empty state: queues vanish, alerts open a second time. No other test
 * sees that, since each begins with nothing.
 *
 * <p>When this test fails there are two legal answers:
 *
 * <ol>
 *   <li>The change was not meant: restore the name or the order.
 *   <li>It was: accept it as a breaking {@code [CHANGE]}, say in a decision under {@code docs/adr} what becomes of the
 *       state of installations that are running, and put the description that the failure prints into
 *       {@code expected-topology.txt}.
 * </ol>
 *
 * <p>The file is never written by a build.
 */
class TopologySnapshotTest {

    private static final Pattern STORES = Pattern.compile("(?<=\\(stores: \\[)[^\\]]+");

    @Test
    void shouldNotChangeUnintentionally() throws IOException {
        assertThat(description()).isEqualToNormalizingNewlines(expected());
    }

    /** What Kafka names itself ends in a running number, and changes with whatever is put before it. */
    @Test
    void shouldNameEveryNode() {
        assertThat(description()).doesNotContainPattern(Pattern.compile("[A-Z]-\\d{10}"));
    }

    /** Kafka Streams ignores the setting without a word unless the builder itself was made with it. */
    @Test
    void shouldRefuseAStoreWithoutAName() {
        StreamsBuilder builder = MailflowTopology.builder(StreamsProperties.of(MailflowConfig.DEFAULT));
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                .groupByKey()
                .count()
                .toStream()
                .to("out", Produced.with(Serdes.String(), Serdes.Long()));

        assertThatThrownBy(builder::build)
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("KSTREAM-AGGREGATE-STATE-STORE");
    }

    /** As Kafka tells it, but the stores of a node in alphabetical order: Kafka keeps them in no order. */
    private static String description() {
        Topology topology =
                MailflowTopology.build(MailflowConfig.DEFAULT, StreamsProperties.of(MailflowConfig.DEFAULT));
        return STORES.matcher(topology.describe().toString())
                .replaceAll(stores ->
                        Arrays.stream(stores.group().split(", ")).sorted().collect(joining(", ")));
    }

    private static String expected() throws IOException {
        try (InputStream file = TopologySnapshotTest.class.getResourceAsStream("expected-topology.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
