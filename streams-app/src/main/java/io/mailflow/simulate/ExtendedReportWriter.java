package io.mailflow.simulate;

import io.mailflow.schema.EventClass;
import io.mailflow.schema.Relation;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An Exchange Online extended message trace report: one row per event, the connector's name in its custom data. */
final class ExtendedReportWriter implements TraceFileWriter {

    private static final String HEADER = "date_time_utc,client_ip,client_hostname,server_ip,server_hostname,"
            + "source_context,connector_id,source,event_id,internal_message_id,message_id,network_message_id,"
            + "recipient_address,recipient_status,total_bytes,recipient_count,related_recipient_address,reference,"
            + "message_subject,sender_address,return_path,message_info,directionality,tenant_id,original_client_ip,"
            + "original_server_ip,custom_data\r\n";

    private final Writer out;
    private final CsvRow csv = new CsvRow();

    /**
     * Begins a file.
     *
     * @param file where; replaced if it is there
     * @param charset how it is encoded; no byte order mark is written
     */
    ExtendedReportWriter(Path file, Charset charset) throws IOException {
        out = Files.newBufferedWriter(file, charset);
        out.write(HEADER);
    }

    @Override
    public void write(TraceRow row) throws IOException {
        SimulatedTenant tenant = row.tenant();
        Route route = row.route();
        Site site = row.answeredBy();
        csv.add(Timestamps.ticks(row.timestamp()));
        csv.add(tenant.serverIp());
        csv.add(tenant.server());
        csv.add(site != null ? site.ip() : null);
        csv.add(site != null ? site.host() : null);
        csv.add(row.context());
        csv.add(route != null && site != null ? route.name() : null);
        MessageColumns.add(csv, row);
        csv.add(row.deferUntil() == null ? null : Timestamps.ticks(row.deferUntil()));
        csv.add("Originating");
        csv.add(tenant.name());
        csv.add(tenant.serverIp());
        csv.add(null);
        csv.add(route != null ? outboundConnector(route) : agentData(row));
        out.append(csv.end());
        csv.clear();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static String outboundConnector(Route route) {
        boolean partner = route.entry().relation() != Relation.ON_PREMISES;
        return "S:DirectionalityOutbound=True;'S:Microsoft.Exchange.Hygiene.TenantOutboundConnectorCustomData=Name="
                + route.name() + ";ConnectorType=" + (partner ? "Partner" : "OnPremises") + ";UseMxRecord="
                + (route.internetFacing() ? "True" : "False") + "'";
    }

    private static @Nullable String agentData(TraceRow row) {
        return row.event() == EventClass.OTHER && row.source().equals("AGENT")
                ? "S:SFA=SUM|SFV=NSPM|SCL=1;S:AMA=SUM|v=0|action=|error=|atch=0"
                : null;
    }
}
