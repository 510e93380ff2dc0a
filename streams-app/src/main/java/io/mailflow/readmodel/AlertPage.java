package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of alerts, each as it was published last.
 *
 * @param total alerts that the filter lets through
 * @param next cursor of the next page, null on the last
 */
public record AlertPage(
        @Nullable Instant asOf,
        long total,
        List<Alert> items,
        @Nullable String next) {}
