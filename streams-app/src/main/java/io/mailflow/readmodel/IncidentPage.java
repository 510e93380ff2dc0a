package io.mailflow.readmodel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of incidents, open ones first, then the newest. */
public record IncidentPage(
        List<IncidentLine> items, @Nullable String next) {}
