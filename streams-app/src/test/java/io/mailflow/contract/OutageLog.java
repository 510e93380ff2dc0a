package io.mailflow.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A tracking log of one day on which everything happens that an alert can tell: a smart host goes down and comes back,
 * a partner's refuses all mail until messages expire, remote domains reject recipients. Made for its variety, not its
 * numbers.
 */
final class OutageLog {

    /** When the log begins. */
    static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    /** A last clock before the log's last row. */
    static final Instant AS_OF = Instant.parse("2026-01-05T14:00:00Z");

    static final String HEAD_OFFICE = "To head office";
    static final String PARTNER = "To Fabrikam";
    static final String INTERNET = "Internet mail";

    private static final String FIELDS =
            "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,"
                    + "internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,"
                    + "recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,"
                    + "message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,"
                    + "transport-traffic-type,log-id,schema-version";

    private static final String REFUSED =
            "[{LRT=};{LED=450 4.4.316 Connection refused [Message=Socket error code 10061] "
                    + "[LastAttemptedServerName=mx1.contoso.example] [LastAttemptedIP=203.0.113.25:25]};{FQDN=};{IP=}]";
    private static final String TLS =
            "[{LRT=};{LED=450 4.4.317 Cannot connect to remote server [Message=451 5.7.3 STARTTLS "
                    + "is required to send mail] [LastAttemptedServerName=mail.fabrikam.example] "
                    + "[LastAttemptedIP=198.51.100.4:25]};{FQDN=};{IP=}]";

    private final List<Row> rows = new ArrayList<>();

    private record Row(Instant at, String text) {}

    private OutageLog() {}

    /** Writes the log. */
    static Path write(Path file) throws IOException {
        OutageLog log = new OutageLog();
        log.tellTheDay();
        log.rows.sort(Comparator.comparing(Row::at));
        List<String> lines = new ArrayList<>(List.of(
                "#Software: Microsoft Exchange Server", "#Version: 15.02.1544.009", "#Log-type: Message Tracking Log"));
        lines.add("#Fields: " + FIELDS);
        log.rows.forEach(row -> lines.add(row.text()));
        lines.add("2026-01-05T99:00:00.000Z,a row,that nobody can read");
        return Files.write(file, lines, StandardCharsets.UTF_8);
    }

    /** Writes the registry that goes with it. */
    static Path writeConnectors(Path file) throws IOException {
        return Files.writeString(file, """
                connectors:
                  - name: To head office
                    tenant: default
                    type: smart-host
                    relation: on-premises
                    smart-hosts: [mx1.contoso.example]
                    recipient-domains: [contoso.example]
                    owner: Messaging team, Bern
                  - name: To Fabrikam
                    tenant: default
                    type: smart-host
                    relation: partner
                    smart-hosts: [mail.fabrikam.example]
                    lifetime: PT2H
                    thresholds:
                      queue-backlog.warning: 10
                  - name: Internet mail
                    tenant: default
                    type: internet
                """);
    }

    private void tellTheDay() {
        for (int i = 0; i < 30; i++) {
            row(at(i), "SEND", INTERNET, message(i), "pia.roth@litware.example", "250 2.0.0 OK");
        }
        for (int i = 30; i < 36; i++) {
            row(at(i), "FAIL", INTERNET, message(i), "nobody@litware.example", "550 5.1.1 User unknown");
        }
        // Down from 09:00 to 10:00, back then.
        for (int i = 100; i < 130; i++) {
            for (int minute = 60 + i % 5; minute < 120; minute += 10) {
                row(at(minute), "DEFER", HEAD_OFFICE, message(i), "petra.keller@contoso.example", REFUSED);
            }
            row(at(121), "SEND", HEAD_OFFICE, message(i), "petra.keller@contoso.example", "250 2.0.0 OK");
        }
        row(at(60), "DEFER", HEAD_OFFICE, message(100), "petra.keller@contoso.example", REFUSED);
        // Refuses everything from 11:00 on, and goes on doing so.
        for (int i = 200; i < 240; i++) {
            for (int minute = 180 + i % 10; minute < 360; minute += 15) {
                row(at(minute), "DEFER", PARTNER, message(i), "tim.frei@fabrikam.example", TLS);
            }
        }
        row(at(10), "RECEIVE", "NWEX01\\Default NWEX01", message(1), "pia.roth@litware.example", "");
        row(AS_OF.plusSeconds(600), "SEND", INTERNET, message(300), "pia.roth@litware.example", "250 2.0.0 OK");
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static String message(int number) {
        return new UUID(0x6c0de6a13f5b4d0eL, 0x9a5308de4c1f0000L + number).toString();
    }

    private void row(Instant at, String event, String connector, String message, String recipient, String status) {
        Map<String, String> values = Map.ofEntries(
                Map.entry("date-time", at.toString().replace("Z", ".000Z")),
                Map.entry("server-hostname", "NWEX01"),
                Map.entry("connector-id", connector),
                Map.entry("source", "SMTP"),
                Map.entry("event-id", event),
                Map.entry("internal-message-id", "7301444" + Math.abs(message.hashCode() % 10_000)),
                Map.entry("message-id", "<" + message + "@northwind.example>"),
                Map.entry("network-message-id", message),
                Map.entry("recipient-address", recipient),
                Map.entry("recipient-status", status),
                Map.entry("recipient-count", "1"),
                Map.entry("message-subject", "Offer"),
                Map.entry("sender-address", "sales@northwind.example"),
                Map.entry("directionality", "Originating"),
                Map.entry("schema-version", "15.02.1544.009"));
        List<String> columns = new ArrayList<>();
        for (String field : FIELDS.split(",")) {
            columns.add('"' + values.getOrDefault(field, "") + '"');
        }
        rows.add(new Row(at, String.join(",", columns)));
    }
}
