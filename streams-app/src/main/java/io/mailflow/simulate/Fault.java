package io.mailflow.simulate;

import io.mailflow.schema.Platform;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt can run into, with the last-error text it leaves: a reply, what the other side or the network said as
 * {@code [Message=…]}, the server tried, and all of it in an {@code LED} container.
 */
public enum Fault {
    /** The smart host's name has no address. */
    DNS_NO_RECORDS(
            "450 4.4.312 DNS query failed", "InfoNoRecords", "-2;-2", "550 5.4.312 Message expired, DNS query failed"),
    /** The recipient's domain is gone. */
    DNS_DOMAIN_GONE(
            "450 4.4.312 DNS query failed",
            "InfoDomainNonexistent",
            "-2;-2",
            "550 5.4.312 Message expired, DNS query failed"),
    /** Nobody answers at the address. */
    TIMED_OUT("450 4.4.315 Connection timed out", "Socket error code 10060", "-2;-2", null),
    /** The firewall, or a server that is no longer there, refuses. */
    REFUSED(
            "450 4.4.316 Connection refused",
            "Socket error code 10061",
            "-2;-2",
            "550 5.4.316 Message expired, connection refused"),
    /** The server's certificate is out of date. */
    CERTIFICATE_EXPIRED(
            "450 4.4.317 Cannot connect to remote server",
            "CertificateExpired",
            "-1;-1",
            "550 5.4.317 Message expired, cannot connect to remote server"),
    /** The server's certificate is made out to another name. */
    SUBJECT_MISMATCH(
            "450 4.4.317 Cannot connect to remote server",
            "SubjectMismatch Expected Subject: *.%s. Presented Subject: CN=EX-INTERNAL-01."
                    + " Thumbprint: 5AE07C1B94D2463F8E10B7739C2D6F4A81E5D093.",
            "-1;-1",
            "550 5.4.317 Message expired, cannot connect to remote server"),
    /** The server's certificate comes from an authority nobody trusts. */
    UNTRUSTED_ROOT(
            "450 4.4.317 Cannot connect to remote server",
            "UntrustedRoot",
            "-1;-1",
            "550 5.4.317 Message expired, cannot connect to remote server"),
    /** The server answers, and says that it takes nothing. */
    SERVICE_NOT_AVAILABLE(
            "450 4.4.317 Cannot connect to remote server",
            "421 4.3.2 Service not available",
            "-2;-2",
            "550 5.4.317 Message expired, cannot connect to remote server"),
    /** The connection ends in the middle of the conversation. */
    CLOSED_ABRUPTLY(
            "450 4.4.318 Connection was closed abruptly",
            "SocketError: ConnectionReset",
            "-2;-2",
            "550 5.4.318 Message expired, connection was closed abruptly"),
    /** The connector's own check of the certificate fails. */
    CERTIFICATE_REJECTED("450 4.7.320 Certificate validation failed", "SubjectMismatch", "-1;-1", null),
    /** Exchange Server's wrapping of a refused connection. */
    SERVER_REFUSED(
            "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect"
                    + " -> SocketConnectionRefused: Socket error code 10061",
            null,
            null,
            null),
    /** Exchange Server's wrapping of a connection nobody answers. */
    SERVER_TIMED_OUT(
            "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect"
                    + " -> SocketTimedout: Socket error code 10060",
            null,
            null,
            null),
    /** Exchange Server's wrapping of what the other server answered. */
    SERVER_LOGON_FAILED(
            "451 4.4.395 Target host responded with error. -> 454 4.7.0 Temporary authentication failure",
            null,
            null,
            null),
    /** Exchange Server finds no such domain. */
    SERVER_DOMAIN_GONE(
            "451 4.4.0 DNS query failed. The error was: DNS query failed with error InfoDomainNonexistent",
            null,
            null,
            null),
    /** The other server wants to see us again before it believes us. */
    GREYLISTED("451 4.7.1 Greylisting in action, please come back later", null, null, null);

    private static final DateTimeFormatter LAST_RETRY =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final String reply;
    private final @Nullable String message;
    private final @Nullable String security;
    private final @Nullable String expired;

    Fault(String reply, @Nullable String message, @Nullable String security, @Nullable String expired) {
        this.reply = reply;
        this.message = message;
        this.security = security;
        this.expired = expired;
    }

    /** The code failures of this kind are counted under: the first reply's SMTP and enhanced status code. */
    public String code() {
        return reply.substring(0, reply.indexOf(' ', 4));
    }

    /** Whether the other server answered at all. */
    boolean answered() {
        return switch (this) {
            case DNS_NO_RECORDS,
                    DNS_DOMAIN_GONE,
                    TIMED_OUT,
                    REFUSED,
                    SERVER_REFUSED,
                    SERVER_TIMED_OUT,
                    SERVER_DOMAIN_GONE -> false;
            default -> true;
        };
    }

    /** Whether the name of the other server led to an address. */
    boolean resolved() {
        return this != DNS_NO_RECORDS && this != DNS_DOMAIN_GONE && this != SERVER_DOMAIN_GONE;
    }

    /**
     * The recipient's status after a failed attempt.
     *
     * @param site where the attempt went
     * @param server who made it
     * @param at when
     * @param session number of the SMTP session, any
     */
    String container(Site site, String server, Instant at, long session) {
        StringBuilder text = new StringBuilder(480).append("[{LED=").append(reply);
        if (message != null) {
            String said = message.replace("%s", site.domain());
            text.append(" [Message=").append(said);
            text.append("] [LastAttemptedServerName=").append(site.host());
            text.append("] [LastAttemptedIP=").append(resolved() ? site.ip() + ":25" : "");
            text.append("] [SmtpSecurity=").append(security);
            text.append("] [")
                    .append(server)
                    .append(' ')
                    .append(Timestamps.millis(at))
                    .append(" 08DE");
            text.append(HexFormat.of().withUpperCase().toHexDigits(session, 12));
            text.append("](").append(said).append(')');
        }
        return text.append("};{MSG=};{FQDN=")
                .append(site.host())
                .append("};{IP=")
                .append(resolved() ? site.ip() : "")
                .append("};{LRT=")
                .append(LAST_RETRY.format(at))
                .append("}]")
                .toString();
    }

    /** The recipient's status when the sender's server gives up because of this fault. */
    String expiry(Platform platform) {
        if (platform == Platform.EXCHANGE_SERVER) {
            return "[{LED=550 4.4.7 QUEUE.Expired;message expired};{MSG=};{FQDN=};{IP=};{LRT=}]";
        }
        String text = expired == null
                ? "550 5.4.300 Message expired -> " + reply
                : expired + (message == null ? "" : "(" + message.replace("*.%s", "mail") + ")");
        return "[{LED=" + text + "};{MSG=};{FQDN=};{IP=};{LRT=}]";
    }
}
