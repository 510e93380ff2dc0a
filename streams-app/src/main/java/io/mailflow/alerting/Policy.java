package io.mailflow.alerting;

import io.mailflow.schema.Reason;
import java.util.stream.Stream;

/** Judges one reason. Every comparison with a threshold is {@code >=}. */
public interface Policy {

    /** The reason it judges. */
    Reason reason();

    /** Whether it judges the connector, and its finding only attaches to a code; otherwise it judges each code. */
    default boolean judgesConnector() {
        return false;
    }

    /** What holds now: at most one finding for each code, at most one at all if it judges the connector. */
    Stream<Finding> judge(ConnectorView view);
}
