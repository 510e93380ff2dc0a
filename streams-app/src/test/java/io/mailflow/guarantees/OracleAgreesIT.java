package io.mailflow.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.MailflowConfig;
import io.mailflow.naming.Topics;
import io.mailflow.oracle.Expected;
import io.mailflow.oracle.Fed;
import io.mailflow.oracle.Observed;
import io.mailflow.oracle.Oracle;
import io.mailflow.oracle.OracleComparison;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.TraceRecord;
import io.mailflow.simulate.DemoHistory;
import io.mailflow.tracker.TraceRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the guarantees compare with is right: a run without faults on a real broker says what the oracle says. What other
 * runs equal, equals the oracle, too.
 */
@Timeout(240)
class OracleAgreesIT {

    /** Long after the events: none of them, but one made so on purpose, is from the future. */
    private static final Instant PRODUCED = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void shouldSayWhatTheOracleSays() {
        Reference reference = Reference.messyDay();
        MailflowConfig config = Setup.embedded();
        Expected expected = new Oracle(config.time(), config.alerts(), DemoHistory.connectors())
                .expect(fed(reference), Setup.SOURCES);
        List<String> differences =
                OracleComparison.differences(Observed.of(reference.outputs(), Setup.SOURCES), expected);

        Numbers.tell("ORACLE: %d records on %d partitions, %d publications of alerts, %d differences"
                .formatted(
                        reference.tape().size(),
                        Setup.SOURCES,
                        reference.publications().size(),
                        differences.size()));
        assertThat(differences).isEmpty();
    }

    private static List<Fed> fed(Reference reference) {
        List<Fed> fed = new ArrayList<>();
        for (Tape.Entry entry : reference.tape().entries()) {
            try {
                TraceRecord value = TraceRecords.serde().deserializer().deserialize(Topics.TRACE_EVENTS, entry.value());
                // A broken mark is a dead letter, too.
                if (entry.isMark() || value instanceof MessageTraceEvent) {
                    fed.add(new Fed(entry.partition(), PRODUCED, value));
                }
            } catch (SerializationException e) {
                // A dead letter.
            }
        }
        for (int source = 0; source < Setup.SOURCES; source++) {
            fed.add(new Fed(source, PRODUCED, new EndOfInput(reference.end())));
        }
        return fed;
    }
}
