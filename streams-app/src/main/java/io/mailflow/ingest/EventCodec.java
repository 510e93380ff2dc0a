package io.mailflow.ingest;

import io.mailflow.format.TraceRow;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Origin;
import io.mailflow.schema.Platform;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events as bytes for sorting on disk, within one run of the program; the file's name is kept as a number. */
@SuppressWarnings("EnumOrdinal") // Nothing outlives the process that wrote it.
final class EventCodec {

    private static final EventClass[] CLASSES = EventClass.values();
    private static final Platform[] PLATFORMS = Platform.values();
    private static final ConnectorSource[] SOURCES = ConnectorSource.values();
    private static final int NONE = -1;

    private EventCodec() {}

    static void write(MessageTraceEvent event, DataOutput out) throws IOException {
        out.writeByte(event.event().ordinal());
        out.writeByte(event.platform() == null ? NONE : event.platform().ordinal());
        out.writeByte(
                event.connectorSource() == null ? NONE : event.connectorSource().ordinal());
        Instant observedAt = event.observedAt();
        out.writeLong(observedAt == null ? Long.MIN_VALUE : observedAt.toEpochMilli());
        Origin origin = event.origin();
        out.writeLong(origin == null || origin.line() == null ? NONE : origin.line());
        text(out, event.tenant());
        text(out, event.eventName());
        text(out, event.source());
        text(out, event.networkMessageId());
        text(out, event.messageId());
        text(out, event.server());
        text(out, event.internalMessageId());
        text(out, event.recipient());
        text(out, event.senderDomain());
        text(out, event.connector());
        text(out, event.reply());
        Destination destination = event.destination();
        out.writeBoolean(destination != null);
        if (destination != null) {
            text(out, destination.host());
            text(out, destination.ip());
            out.writeInt(destination.port() == null ? NONE : destination.port());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param tenant stands in where the event has none
     */
    static MessageTraceEvent read(ByteBuffer in, Instant timestamp, String file, String tenant) {
        EventClass eventClass = CLASSES[in.get()];
        int platform = in.get();
        int source = in.get();
        long observedAtMs = in.getLong();
        long line = in.getLong();
        String own = text(in);
        return new MessageTraceEvent(
                own == null || own.equals(TraceRow.NO_TENANT) ? tenant : own,
                timestamp,
                eventClass,
                text(in),
                text(in),
                text(in),
                text(in),
                text(in),
                text(in),
                String.valueOf(text(in)),
                text(in),
                text(in),
                source == NONE ? null : SOURCES[source],
                text(in),
                in.get() != 0 ? destination(in) : null,
                observedAtMs == Long.MIN_VALUE ? null : Instant.ofEpochMilli(observedAtMs),
                platform == NONE ? null : PLATFORMS[platform],
                new Origin(file, line == NONE ? null : line));
    }

    private static Destination destination(ByteBuffer in) {
        String host = text(in);
        String ip = text(in);
        int port = in.getInt();
        return new Destination(host, ip, port == NONE ? null : port);
    }

    private static void text(DataOutput out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(NONE);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static @Nullable String text(ByteBuffer in) {
        int length = in.getInt();
        if (length == NONE) {
            return null;
        }
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
