package io.mailflow.tracker;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Platform;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events of tests: a message {@code m1} to ann, on a connector, without a reply, each part changed by a method. */
record Events(
        Instant at,
        EventClass type,
        String name,
        @Nullable String source,
        String message,
        String recipient,
        @Nullable String connector,
        ConnectorSource told,
        @Nullable String reply,
        @Nullable Instant observedAt,
        @Nullable Platform platform) {

    static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    static final String TO_SITE = "To on-premises";
    static final String REFUSED = "450 4.4.316 Connection refused [Message=Socket error code 10061]";
    static final String TIMED_OUT = "450 4.4.315 Connection timed out [Message=Socket error code 10060]";
    static final String UNKNOWN_USER = "550 5.1.1 User unknown";
    static final String EXPIRED = "550 5.4.316 Message expired, connection refused";

    static Events event(EventClass type, Instant at) {
        return new Events(
                at,
                type,
                type.name(),
                "SMTP",
                "m1",
                "ann@fabrikam.example",
                TO_SITE,
                ConnectorSource.ROW,
                null,
                null,
                null);
    }

    static Events deferred(long seconds) {
        return event(EventClass.DEFER, START.plusSeconds(seconds)).reply(REFUSED);
    }

    static Events sent(long seconds) {
        return event(EventClass.SEND, START.plusSeconds(seconds)).reply("250 2.0.0 OK");
    }

    static Events rejected(long seconds) {
        return event(EventClass.FAIL, START.plusSeconds(seconds)).reply(UNKNOWN_USER);
    }

    static Events expired(long seconds) {
        return event(EventClass.FAIL, START.plusSeconds(seconds)).reply(EXPIRED);
    }

    static Events closed(long seconds, String name) {
        return event(EventClass.CLOSE, START.plusSeconds(seconds)).named(name).unnamed();
    }

    static Events pending(long seconds) {
        return event(EventClass.PENDING, START.plusSeconds(seconds))
                .named("Pending")
                .unnamed();
    }

    static Events status(long seconds, String name) {
        return event(EventClass.FINAL, START.plusSeconds(seconds)).named(name).unnamed();
    }

    Events at(Instant other) {
        return new Events(other, type, name, source, message, recipient, connector, told, reply, observedAt, platform);
    }

    Events named(String other) {
        return new Events(at, type, other, source, message, recipient, connector, told, reply, observedAt, platform);
    }

    Events from(@Nullable String other) {
        return new Events(at, type, name, other, message, recipient, connector, told, reply, observedAt, platform);
    }

    Events message(String other) {
        return new Events(at, type, name, source, other, recipient, connector, told, reply, observedAt, platform);
    }

    Events to(String other) {
        return new Events(at, type, name, source, message, other, connector, told, reply, observedAt, platform);
    }

    Events on(String other) {
        return new Events(at, type, name, source, message, recipient, other, told, reply, observedAt, platform);
    }

    Events unnamed() {
        return new Events(at, type, name, source, message, recipient, null, told, reply, observedAt, platform);
    }

    Events told(ConnectorSource other) {
        return new Events(at, type, name, source, message, recipient, connector, other, reply, observedAt, platform);
    }

    Events reply(@Nullable String other) {
        return new Events(at, type, name, source, message, recipient, connector, told, other, observedAt, platform);
    }

    Events observed(long seconds) {
        return new Events(
                at,
                type,
                name,
                source,
                message,
                recipient,
                connector,
                told,
                reply,
                START.plusSeconds(seconds),
                platform);
    }

    Events platform(Platform other) {
        return new Events(at, type, name, source, message, recipient, connector, told, reply, observedAt, other);
    }

    MessageTraceEvent get() {
        return new MessageTraceEvent(
                "contoso",
                at,
                type,
                name,
                source,
                message,
                null,
                null,
                null,
                recipient,
                null,
                connector,
                connector == null ? null : told,
                reply,
                null,
                observedAt,
                platform,
                null);
    }

    static MessageTraceEvent[] all(Events... events) {
        return java.util.Arrays.stream(events).map(Events::get).toArray(MessageTraceEvent[]::new);
    }
}
