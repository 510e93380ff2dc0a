package io.mailflow.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mailflow.schema.Incident.Labels;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as {@code POST /api/v2/alerts} of Alertmanager takes it.
 *
 * @param labels identify it
 * @param annotations inform about it
 * @param startsAt since when it fires
 * @param endsAt when it stops firing unless it is sent again; in the past: it has ended
 * @param generatorURL where it comes from, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PostableAlert(
        Labels labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant endsAt,
        @Nullable String generatorURL) {}
