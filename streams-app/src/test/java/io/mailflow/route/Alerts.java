package io.mailflow.route;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One living alert, publication by publication. */
final class Alerts {

    static final Instant OPENED = Instant.parse("2026-01-05T08:21:00Z");

    private final String tenant;
    private final String connector;
    private final String code;
    private final String destination;
    private final Instant openedAt;
    private int sequence;
    private Severity severity = Severity.WARNING;
    private Owner owner = Owner.OUR_ADMIN;
    private boolean pageable = true;
    private boolean provisional;

    private Alerts(String tenant, String connector, String code, String destination, Instant openedAt) {
        this.tenant = tenant;
        this.connector = connector;
        this.code = code;
        this.destination = destination;
        this.openedAt = openedAt;
    }

    static Alerts on(String connector, String destination) {
        return new Alerts("northwind", connector, "450 4.4.316", destination, OPENED);
    }

    Alerts ofTenant(String other) {
        return new Alerts(other, connector, code, destination, openedAt);
    }

    Alerts withCode(String other) {
        return new Alerts(tenant, connector, other, destination, openedAt);
    }

    Alerts openedAt(Instant other) {
        return new Alerts(tenant, connector, code, destination, other);
    }

    /** From now on, as if the program lagged behind. */
    Alerts notPageable() {
        pageable = false;
        return this;
    }

    /** From now on, as if the program had caught up. */
    Alerts pageable() {
        pageable = true;
        return this;
    }

    Alerts provisional(boolean now) {
        provisional = now;
        return this;
    }

    String id() {
        return UUID.nameUUIDFromBytes((tenant + connector + code + openedAt).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    Alert open(Severity now) {
        severity = now;
        return next(Publication.OPENED);
    }

    Alert escalate(Severity now) {
        severity = now;
        return next(Publication.ESCALATED);
    }

    Alert change(Owner now) {
        owner = now;
        return next(Publication.CHANGED);
    }

    /** Repeats the sequence that the alert has. */
    Alert becomeCurrent() {
        pageable = true;
        return again(Publication.BECAME_CURRENT);
    }

    /** What silence had raised is taken back to what progress had said before. */
    Alert correct(Severity confirmed) {
        severity = confirmed;
        provisional = false;
        sequence -= 2;
        return next(Publication.CORRECTED);
    }

    Alert resolve() {
        return next(Publication.RESOLVED);
    }

    /** The last publication once more, as it is now. */
    Alert again(Publication publication) {
        sequence--;
        return next(publication);
    }

    private Alert next(Publication publication) {
        sequence++;
        Instant at = openedAt.plus(Duration.ofMinutes(sequence - 1L));
        boolean resolved = publication == Publication.RESOLVED;
        return new Alert(
                id(),
                sequence,
                tenant,
                connector,
                code,
                resolved ? AlertState.RESOLVED : AlertState.OPEN,
                severity,
                List.of(Reason.CONNECTOR_DOWN, Reason.EXPIRY_RISK),
                publication,
                openedAt.minusSeconds(300),
                openedAt,
                at,
                resolved ? at : null,
                resolved ? Resolution.RECOVERED : null,
                provisional,
                pageable,
                evidence(at, resolved),
                remediation());
    }

    private Alert.Evidence evidence(Instant at, boolean resolved) {
        Instant deadline = resolved ? null : Instant.parse("2026-01-06T08:02:00Z");
        long queued = resolved ? 0 : 412;
        return new Alert.Evidence(
                resolved ? "delivered-and-quiet" : "threshold-reached",
                null,
                new Alert.Window(Instant.parse("2026-01-05T08:00:00Z"), at),
                new Alert.Counts(3, 1_250, 1_200),
                List.of(),
                new Alert.Queue(
                        queued,
                        resolved ? null : openedAt,
                        deadline,
                        List.of(
                                new Expiring(1, 0),
                                new Expiring(4, 0),
                                new Expiring(12, queued),
                                new Expiring(24, queued)),
                        0),
                List.of(),
                destination.isEmpty()
                        ? List.of()
                        : List.of(new Alert.FailingDestination(destination, null, 1_200, null)),
                List.of(),
                null,
                List.of(),
                ConnectorType.SMART_HOST,
                at,
                Duration.ofSeconds(31));
    }

    private Remediation remediation() {
        return new Remediation(
                "connection-refused",
                "connection-refused",
                owner,
                "The server refuses connections",
                List.of("The mail service on the server is stopped."),
                List.of(
                        new Remediation.Step("See whether the port answers.", "nc -vz mail.contoso.example 25"),
                        new Remediation.Step("Start the mail service.", null)),
                "at once",
                "The queue empties within an hour.");
    }
}
