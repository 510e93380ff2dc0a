package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.Records;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnmatchedMetricTest {

    private static final String RATIO = "mailflow_unmatched_catalogue_ratio";

    @TempDir
    Path folder;

    @Test
    void tellsTheShareOfFailuresWhoseCodeNoEntryLists() {
        try (Site site = Site.open(folder)) {
            assertThat(ratio(site)).isZero();

            ObjectNode health = Records.sample("connector-health.full");
            long known = health.get("attempts").get("failed").asLong();
            ObjectNode other = health.deepCopy().put("connector", "To nowhere");
            ((ObjectNode) other.get("failures").get(0)).put("code", "450 4.9.1").put("attempts", known);
            while (other.withArray("failures").size() > 1) {
                other.withArray("failures").remove(1);
            }
            Records more = new Records();
            more.put(Topics.CONNECTOR_HEALTH, "northwind/To nowhere", other);
            more.into(site.model);

            assertThat(ratio(site)).isEqualTo(0.5);
        }
    }

    private static double ratio(Site site) {
        return site.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(RATIO + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(RATIO.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
