package io.mailflow.readmodel;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Severity;

/** A publication of an alert in one line. */
public record AlertNews(
        String id,
        String tenant,
        String connector,
        String code,
        Publication publication,
        AlertState state,
        Severity severity,
        String title) {

    static AlertNews of(Alert alert) {
        return new AlertNews(
                alert.id(),
                alert.tenant(),
                alert.connector(),
                alert.code(),
                alert.publication(),
                alert.state(),
                alert.severity(),
                alert.remediation().title());
    }
}
