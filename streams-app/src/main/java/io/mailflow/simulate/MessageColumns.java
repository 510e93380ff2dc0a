package io.mailflow.simulate;

/** The columns from {@code source} to {@code return-path}, which tracking logs and extended reports have alike. */
final class MessageColumns {

    private MessageColumns() {}

    static void add(CsvRow csv, TraceRow row) {
        Mail mail = row.mail();
        csv.add(row.source());
        csv.add(row.eventId());
        csv.add(mail.internalMessageId());
        csv.add("<" + mail.messageId() + ">");
        csv.add(mail.networkMessageId());
        csv.add(String.join(";", row.recipients()));
        csv.add(String.join(";", row.statuses()));
        csv.add(mail.bytes());
        csv.add(row.recipients().size());
        csv.add(null).add(null);
        csv.add(mail.subject());
        csv.add(mail.sender());
        csv.add(mail.sender());
    }
}
