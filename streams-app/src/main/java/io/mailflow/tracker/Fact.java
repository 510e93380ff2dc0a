package io.mailflow.tracker;

import io.mailflow.schema.ConnectorSource;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing a trace said about a recipient.
 *
 * @param atMs when it happened; of a status, when the message was received
 * @param kind what it was
 * @param code the code of its reply, {@code none} where it has none
 * @param name the source's name of a status or a way of closing, empty for all else
 * @param cause the cause that its reply names, or null
 * @param connector the connector that the row or, failing that, the registry tells
 * @param source which of them told it
 * @param lifetimeMs how long that connector's server retries
 * @param counted false of a late event, which changes queues but no count
 */
record Fact(
        long atMs,
        Kind kind,
        String code,
        String name,
        @Nullable String cause,
        String connector,
        ConnectorSource source,
        long lifetimeMs,
        boolean counted)
        implements Comparable<Fact> {

    private static final Comparator<Fact> ORDER = Comparator.comparingLong(Fact::atMs)
            .thenComparing(Fact::kind)
            .thenComparing(Fact::code)
            .thenComparing(Fact::name);

    /** What happened, in the order in which things at one instant are taken: what ends a recipient's queue last. */
    enum Kind {
        /** A summary trace says it is under way. */
        PENDING,
        /** An attempt got a temporary failure. */
        DEFERRED,
        /** Given up by the transport after a reply: a rejection if the connector was an outbound one. */
        FAILED,
        /** An attempt succeeded. */
        SENT,
        /** It left the queue without an attempt. */
        CLOSED,
        /** Given up without an attempt: by another component, or without a reply. */
        DROPPED,
        /** Given up because its lifetime ended. */
        EXPIRED,
        /** A summary trace says how it ended. */
        FINAL;

        /** Whether it says something only of a recipient that is queued. */
        boolean isClosing() {
            return this == FAILED || this == CLOSED || this == DROPPED;
        }

        /** The class that is part of an event's identity: every way of failing is one. */
        String eventClass() {
            return this == DROPPED || this == EXPIRED ? FAILED.name() : name();
        }
    }

    /** Whether both are the same event, read twice. */
    boolean isSameEvent(Fact other) {
        return atMs == other.atMs
                && kind.eventClass().equals(other.kind.eventClass())
                && code.equals(other.code)
                && name.equals(other.name);
    }

    /** Whether the row itself named the connector. */
    boolean isNamed() {
        return source == ConnectorSource.CUSTOM_DATA || source == ConnectorSource.ROW;
    }

    /** Whether it is an attempt that named its connector, which tells the connector of others. */
    boolean namesForOthers() {
        return counted && isNamed() && (kind == Kind.DEFERRED || kind == Kind.SENT || kind == Kind.FAILED);
    }

    /** Whether it may be an attempt. */
    boolean isTry() {
        return kind == Kind.DEFERRED || kind == Kind.SENT || kind == Kind.FAILED;
    }

    /** The same event with what another reading of it knows better: a connector named, or named in custom data. */
    Fact with(Fact again) {
        boolean better = again.isNamed()
                && (again.source.compareTo(source) < 0
                        || (again.source == source && again.connector.compareTo(connector) < 0));
        return better
                ? new Fact(atMs, kind, code, name, cause, again.connector, again.source, again.lifetimeMs, counted)
                : this;
    }

    @Override
    public int compareTo(Fact other) {
        return ORDER.compare(this, other);
    }
}
