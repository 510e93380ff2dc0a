package io.mailflow.simulate;

import io.mailflow.schema.EventClass;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An Exchange Server message tracking log of schema 15.02: 30 columns after a header of comments. */
final class TrackingLogWriter implements TraceFileWriter {

    private static final String HEADER = """
            #Software: Microsoft Exchange Server\r
            #Version: 15.02.1544.004\r
            #Log-type: Message Tracking Log\r
            #Date: %s\r
            #Fields: date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,\
            event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,\
            recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,\
            message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,\
            transport-traffic-type,log-id,schema-version\r
            """;
    private static final String CLIENT_IP = "192.0.2.201";
    private static final String CLIENT_HOST = "MBX02.corp.contoso.example";

    private final Writer out;
    private final CsvRow csv = new CsvRow();
    private long logIds;

    /**
     * Begins a file.
     *
     * @param file where; replaced if it is there
     * @param opened the time in its header
     */
    TrackingLogWriter(Path file, Instant opened) throws IOException {
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out.write(HEADER.formatted(Timestamps.millis(opened)));
    }

    @Override
    public void write(TraceRow row) throws IOException {
        Mail mail = row.mail();
        SimulatedTenant tenant = row.tenant();
        Route route = row.route();
        Site site = row.answeredBy();
        boolean arriving = row.receiving();
        csv.add(Timestamps.millis(row.timestamp()));
        csv.add(arriving ? CLIENT_IP : tenant.serverIp());
        csv.add(arriving ? CLIENT_HOST : tenant.server());
        csv.add(arriving ? tenant.serverIp() : site != null ? site.ip() : null);
        csv.add(arriving ? tenant.server() : site != null ? site.host() : null);
        csv.add(context(row));
        csv.add(route != null ? route.name() : arriving ? tenant.receiveConnector() : null);
        MessageColumns.add(csv, row);
        csv.add(info(row));
        csv.add("Originating");
        csv.add(tenant.name());
        csv.add(CLIENT_IP);
        csv.add(tenant.serverIp());
        csv.add(row.source().equals("AGENT") ? "S:AMA=SUM|v=0|action=|error=|atch=0;S:CompCost=|ETR=0" : null);
        csv.add("Email");
        csv.add(logId(mail));
        csv.add("15.02.1544.004");
        out.append(csv.end());
        csv.clear();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static @Nullable String context(TraceRow row) {
        if (row.context() != null) {
            return row.context();
        }
        return row.eventId().equals("AGENTINFO") ? "CatContentConversion" : null;
    }

    private static @Nullable String info(TraceRow row) {
        Instant next = row.deferUntil();
        if (next != null) {
            return Timestamps.millis(next);
        }
        if (row.event() != EventClass.SEND) {
            return null;
        }
        Instant received = row.mail().received();
        Duration latency = Duration.between(received, row.timestamp());
        return Timestamps.millis(received) + ";SRV=" + row.tenant().server() + ":TOTAL-HUB=" + latency.toMillis() / 1000
                + "." + latency.toMillis() % 1000 / 100;
    }

    private String logId(Mail mail) {
        String count = Long.toHexString(++logIds);
        return mail.networkMessageId().substring(0, 24) + "000000000000".substring(count.length()) + count;
    }
}
