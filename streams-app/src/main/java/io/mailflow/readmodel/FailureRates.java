package io.mailflow.readmodel;

import io.mailflow.naming.Topics;
import io.mailflow.schema.WindowCount;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failure rates of the windows of one size that start in a period, from {@code mailflow.connector-failures}. */
public final class FailureRates {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRates.class);
    private static final Comparator<FailureRate> ORDER = Comparator.comparing(FailureRate::tenant)
            .thenComparing(FailureRate::connector)
            .thenComparing(FailureRate::start)
            .thenComparing(FailureRate::code, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Period period;
    private final Map<Key, WindowCount> newest = new HashMap<>();

    private record Key(String tenant, String connector, String code, long startMs) {}

    public FailureRates(Period period) {
        this.period = period;
    }

    /** Everything that the topic holds now. */
    public static List<FailureRate> read(Map<String, Object> client, Period period) {
        FailureRates rates = new FailureRates(period);
        try (OutputReader reader = new OutputReader(client, List.of(Topics.CONNECTOR_FAILURES), false)) {
            reader.readToEnd(rates::accept);
        }
        return rates.rows();
    }

    /** Takes in a record; what nobody can read is told in the log and left out. */
    void accept(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            // Kept no longer: nothing of a period that is asked for now.
            return;
        }
        try {
            accept(JsonText.read(message.value(), WindowCount.class));
        } catch (IOException | NullPointerException e) {
            LOG.warn(
                    "Left out, because it cannot be read: {} partition {} offset {}: {}",
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    e.toString());
        }
    }

    private void accept(WindowCount window) {
        boolean asked = window.size().equals(period.size())
                && !window.start().isBefore(period.from())
                && window.start().isBefore(period.to());
        if (asked) {
            newest.put(key(window, window.code() == null ? "" : window.code()), window);
        }
    }

    private static Key key(WindowCount window, String code) {
        return new Key(window.tenant(), window.connector(), code, window.start().toEpochMilli());
    }

    /** By tenant, connector and start, that of the whole connector before those of its codes. */
    public List<FailureRate> rows() {
        return newest.values().stream().map(this::rate).sorted(ORDER).toList();
    }

    private FailureRate rate(WindowCount window) {
        WindowCount whole = newest.getOrDefault(key(window, ""), window);
        long attempts = whole.delivered() + whole.attempts();
        return new FailureRate(
                window.tenant(),
                window.connector(),
                window.code(),
                window.start(),
                window.end(),
                attempts,
                window.attempts(),
                attempts == 0 ? null : (Double) ((double) window.attempts() / attempts),
                window.messages(),
                window.recipients(),
                window.isFinal());
    }
}
