package io.mailflow.readmodel;

import com.fasterxml.jackson.databind.ObjectReader;
import io.mailflow.naming.Topics;
import io.mailflow.schema.Alert;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.schema.Publication;
import io.mailflow.schema.WindowCount;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the output topics say now: the newest record of every key, and every publication of an alert in order. */
public final class Outputs {

    /** The topics it is fed from. */
    public static final Set<String> TOPICS =
            Set.of(Topics.ALERTS, Topics.CONNECTOR_FAILURES, Topics.CONNECTOR_HEALTH, Topics.PROGRESS);

    private static final ObjectReader ALERT = Json.MAPPER.readerFor(Alert.class);
    private static final ObjectReader HEALTH = Json.MAPPER.readerFor(ConnectorHealth.class);
    private static final ObjectReader WINDOW = Json.MAPPER.readerFor(WindowCount.class);
    private static final ObjectReader PROGRESS = Json.MAPPER.readerFor(PipelineProgress.class);

    private final Map<String, ConnectorHealth> health = new HashMap<>();
    private final Map<String, WindowCount> windows = new HashMap<>();
    private final Map<String, PipelineProgress> progress = new HashMap<>();
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final List<Alert> publications = new ArrayList<>();

    /** Takes in one record. */
    public void accept(ConsumerRecord<String, byte[]> message) {
        try {
            switch (message.topic()) {
                case Topics.ALERTS -> {
                    Alert alert = ALERT.readValue(message.value());
                    Alert known = alerts.get(alert.id());
                    if (known == null || isNews(alert, known)) {
                        alerts.put(alert.id(), alert);
                        publications.add(alert);
                    }
                }
                case Topics.CONNECTOR_HEALTH -> health.put(message.key(), HEALTH.readValue(message.value()));
                case Topics.CONNECTOR_FAILURES -> windows.put(message.key(), WINDOW.readValue(message.value()));
                case Topics.PROGRESS -> progress.put(message.key(), PROGRESS.readValue(message.value()));
                default -> throw new IllegalArgumentException("not an output topic: " + message.topic());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read " + message.topic() + " partition " + message.partition() + " offset "
                            + message.offset(),
                    e);
        }
    }

    /**
     * What is provisional, taken back or become current repeats the sequence of another publication; everything else
     * with a sequence seen before is the same again.
     */
    private static boolean isNews(Alert alert, Alert known) {
        boolean outside = alert.provisional()
                || alert.publication() == Publication.CORRECTED
                || alert.publication() == Publication.BECAME_CURRENT;
        return outside || known.provisional() || known.sequence() < alert.sequence();
    }

    /** Each connector now, in no order. */
    public Collection<ConnectorHealth> health() {
        return health.values();
    }

    /** The newest revision of every window, in no order. */
    public Collection<WindowCount> windows() {
        return windows.values();
    }

    /** The latest state of every alert, in the order they opened. */
    public List<Alert> alerts() {
        return List.copyOf(alerts.values());
    }

    /** Every publication of an alert, each once, in order. */
    public List<Alert> publications() {
        return List.copyOf(publications);
    }

    /** How far a partition of a stage has come. */
    public Optional<PipelineProgress> progress(PipelineProgress.Stage stage, int partition) {
        return progress.values().stream()
                .filter(at -> at.stage() == stage && at.partition() == partition)
                .findFirst();
    }
}
