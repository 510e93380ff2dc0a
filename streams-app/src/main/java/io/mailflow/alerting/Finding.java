package io.mailflow.alerting;

import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;

/**
 * A reason that holds at one evaluation.
 *
 * @param reason the reason
 * @param code the code it attaches to
 * @param severity the highest level reached
 * @param traffic the attempts it was judged on; for the queue reasons those of the last hour
 * @param measures every comparison that was needed, with its threshold
 */
public record Finding(Reason reason, String code, Severity severity, Traffic traffic, List<Measure> measures) {

    public Finding {
        measures = List.copyOf(measures);
    }

    /** The same finding about another code. */
    Finding on(String other) {
        return new Finding(reason, other, severity, traffic, measures);
    }
}
