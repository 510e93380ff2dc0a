package io.mailflow.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.StreamsProperties;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.TraceRecord;
import io.mailflow.serde.JsonSerde;
import io.mailflow.topology.TrackerStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageTrackerTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final String REFUSED = "450 4.4.316 Connection refused [Message=Socket error code 10061]";

    @TempDir
    java.nio.file.Path stateDir;

    private TopologyTestDriver driver;
    private TestInputTopic<String, TraceRecord> events;
    private TestOutputTopic<ConnectorKey, TrackerMessage> deltas;
    private TestOutputTopic<String, PipelineProgress> progress;

    @BeforeEach
    void start() {
        MailflowConfig config =
                MailflowConfig.DEFAULT.withKafka(MailflowConfig.DEFAULT.kafka().withStateDir(stateDir));
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        TrackerStage.addTo(builder, config).to("deltas", Produced.with(ConnectorKey.SERDE, TrackerMessage.SERDE));
        driver = new TopologyTestDriver(builder.build(properties), properties, START);
        events = driver.createInputTopic(
                Topics.TRACE_EVENTS,
                Serdes.String().serializer(),
                TraceRecords.serde().serializer());
        deltas = driver.createOutputTopic(
                "deltas", ConnectorKey.SERDE.deserializer(), TrackerMessage.SERDE.deserializer());
        progress = driver.createOutputTopic(
                Topics.PROGRESS,
                Serdes.String().deserializer(),
                JsonSerde.of(PipelineProgress.class).deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldCountADeferralAndQueueItsRecipient() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        end(60);

        Sums sums = sums();
        assertThat(sums.failed("450 4.4.316")).isEqualTo(1);
        assertThat(sums.queued).isEqualTo(1);
        assertThat(sums.queuedMessages).isEqualTo(1);
        assertThat(accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 0));
    }

    @Test
    void shouldLeaveEveryCountWhenFedTwice() {
        MessageTraceEvent defer = event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED);
        MessageTraceEvent sent = event(EventClass.SEND, 30, "bob@contoso.example", "250 2.0.0 OK");
        send(defer);
        send(defer);
        send(sent);
        send(sent);
        end(60);

        Sums sums = sums();
        assertThat(sums.failed("450 4.4.316")).isEqualTo(1);
        assertThat(sums.delivered).isEqualTo(1);
        assertThat(sums.queued).isEqualTo(1);
        assertThat(accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0));
    }

    @Test
    void shouldCloseTheQueueOnDelivery() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.SEND, 900, "ann@contoso.example", "250 2.0.0 OK"));
        end(1_000);

        Sums sums = sums();
        assertThat(sums.queued).isZero();
        assertThat(sums.queuedMessages).isZero();
        assertThat(sums.delivered).isEqualTo(1);
    }

    @Test
    void shouldCloseTheQueueOnADeliveryOrExpansionWithASuccessStatus() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.CLOSE, 900, "ann@contoso.example", "250 2.1.5 RESOLVER.GRP.Expanded"));
        end(1_000);

        assertThat(sums().queued).isZero();
        assertThat(accounting()).isEqualTo(new Accounting(2, 0, 0, 0, 0));
    }

    @Test
    void shouldExpireExactlyAtDeadlineAndMargin() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        long deadlineAndMargin = 24 * 3_600 + 30 * 60;
        end(deadlineAndMargin);

        Sums sums = sums();
        assertThat(sums.queued).isZero();
        assertThat(sums.expired).isEqualTo(1);
        assertThat(sums.expiredAtMs)
                .isEqualTo(START.plusSeconds(deadlineAndMargin).toEpochMilli());
    }

    @Test
    void shouldStillQueueAMillisecondBeforeDeadlineAndMargin() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(new EndOfInput(START.plusSeconds(24 * 3_600 + 30 * 60).minusMillis(1)));

        Sums sums = sums();
        assertThat(sums.queued).isEqualTo(1);
        assertThat(sums.expired).isZero();
    }

    @Test
    void shouldTakeAnExpiryBackWhenItIsDeliveredAfterAll() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.SEND, 26 * 3_600, "ann@contoso.example", "250 2.0.0 OK"));
        end(27 * 3_600);

        Sums sums = sums();
        assertThat(sums.expired).isZero();
        assertThat(sums.queued).isZero();
    }

    @Test
    void shouldChargeAnExpiryToTheLatestAttempt() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.FAIL, 86_400, "ann@contoso.example", "550 5.4.316 Message expired, connection refused"));
        end(86_401);

        Sums sums = sums();
        assertThat(sums.expiredCode).isEqualTo("450 4.4.316");
        assertThat(sums.failed("550 5.4.316")).isZero();
        assertThat(sums.queued).isZero();
    }

    @Test
    void shouldCountOneMessageForTwoRecipients() {
        send(event(EventClass.DEFER, 0, "ann@contoso.example", REFUSED));
        send(event(EventClass.DEFER, 1, "bob@contoso.example", REFUSED));
        send(event(EventClass.DEFER, 299, "bob@contoso.example", REFUSED));
        send(event(EventClass.DEFER, 300, "bob@contoso.example", REFUSED));
        end(400);

        AttemptCounts all = sums().counts("450 4.4.316");
        assertThat(all.failed()).isEqualTo(4);
        assertThat(all.messages5m()).isEqualTo(2);
        assertThat(all.recipients5m()).isEqualTo(3);
        assertThat(all.messages1h()).isEqualTo(1);
        assertThat(all.recipients1h()).isEqualTo(2);
        assertThat(all.messagesEver()).isEqualTo(1);
        assertThat(all.recipientsEver()).isEqualTo(2);
    }

    private void send(TraceRecord message) {
        events.pipeInput("m1", message, Instant.parse("2026-02-01T00:00:00Z"));
    }

    private void end(long seconds) {
        send(new EndOfInput(START.plusSeconds(seconds)));
    }

    private static MessageTraceEvent event(EventClass type, long seconds, String recipient, String reply) {
        return new MessageTraceEvent(
                "contoso",
                START.plusSeconds(seconds),
                type,
                type.name(),
                "SMTP",
                "7d0e7c2e-0001",
                null,
                null,
                null,
                recipient,
                null,
                "To on-premises",
                io.mailflow.schema.ConnectorSource.ROW,
                reply,
                null,
                null,
                null,
                null);
    }

    private Accounting accounting() {
        return java.util.Objects.requireNonNull(progress.readValuesToList().stream()
                .reduce((a, b) -> b)
                .orElseThrow()
                .accounting());
    }

    private Sums sums() {
        return new Sums(deltas.readValuesToList());
    }

    /** Everything the deltas add up to. */
    private static final class Sums {
        private final List<ConnectorDelta> all = new ArrayList<>();
        private final long queued;
        private final long queuedMessages;
        private final long expired;
        private final long delivered;
        private long expiredAtMs;
        private String expiredCode = "";

        Sums(List<TrackerMessage> messages) {
            messages.forEach(message -> {
                if (message instanceof ConnectorDelta delta) {
                    all.add(delta);
                }
            });
            queued = all.stream()
                    .flatMap(delta -> delta.queued().stream())
                    .mapToLong(ConnectorDelta.QueueSum::recipients)
                    .sum();
            expired = all.stream()
                    .flatMap(delta -> delta.expired().stream())
                    .mapToLong(ConnectorDelta.ExpirySum::recipients)
                    .sum();
            all.stream().flatMap(delta -> delta.expired().stream()).forEach(sum -> {
                expiredAtMs = sum.atMs();
                expiredCode = sum.code();
            });
            queuedMessages =
                    all.stream().mapToLong(ConnectorDelta::queuedMessages).sum();
            delivered = counts("").delivered();
        }

        long failed(String code) {
            return counts(code).failed();
        }

        AttemptCounts counts(String code) {
            return all.stream()
                    .flatMap(delta -> delta.attempts().stream())
                    .filter(sum -> sum.code().equals(code))
                    .map(ConnectorDelta.AttemptSum::counts)
                    .reduce(AttemptCounts.NONE, AttemptCounts::plus);
        }
    }
}
