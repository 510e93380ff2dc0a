package io.mailflow.monitor;

import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import io.mailflow.tracker.ConnectorKey;
import java.util.Comparator;
import org.apache.kafka.common.serialization.Serde;

/**
 * A code on a connector: the key of counts, queues and alerts.
 *
 * @param connector the connector
 * @param code the code, empty for the connector as a whole
 */
record CodeKey(ConnectorKey connector, String code) implements Comparable<CodeKey> {

    static final Serde<CodeKey> SERDE = BinarySerde.key((out, key) -> key.write(out), CodeKey::read);

    private static final Comparator<CodeKey> ORDER =
            Comparator.comparing(CodeKey::connector).thenComparing(CodeKey::code);

    void write(BinaryOutput out) {
        connector.write(out);
        out.text(code);
    }

    static CodeKey read(BinaryInput in) {
        return new CodeKey(ConnectorKey.read(in), in.text());
    }

    @Override
    public int compareTo(CodeKey other) {
        return ORDER.compare(this, other);
    }
}
