package io.mailflow.alerting;

import io.mailflow.schema.Alert.Measure;
import java.util.List;

/**
 * What a publication was decided on.
 *
 * @param traffic the attempts of the connector that were judged
 * @param measures one or more comparisons for each reason of the episode, in the order of the reasons
 */
public record Grounds(Traffic traffic, List<Measure> measures) {

    public Grounds {
        measures = List.copyOf(measures);
    }
}
