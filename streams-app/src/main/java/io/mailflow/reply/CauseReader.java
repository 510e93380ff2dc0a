package io.mailflow.reply;

import static io.mailflow.reply.SignTable.sign;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cause a text tells, as a token of the catalogue. The innermost part that tells one decides; vague words
 * ({@code Unable to connect}) count only where no part says more.
 */
final class CauseReader {

    /** First match wins, so what names a cause precisely stands above what names it broadly. */
    private static final SignTable SIGNS = SignTable.of(
            // DNS
            sign("InfoNoRecords", "dns-no-records"),
            sign(
                    "InfoDomainNonexistent|NXDOMAIN|non-?existent domain|domain .{0,80}does not exist"
                            + "|host or domain name not found",
                    "dns-name-not-found"),
            sign("\\bErrorRetry\\b", "dns-retry"),
            sign("\\bErrorTimeout\\b|\\bServerFailure\\b|\\bServFail\\b|InfoTruncated", "dns-server-failure"),
            // DANE, DNSSEC, MTA-STS where the text names no certificate fault of its own
            sign("dnssec[- ]?(?:invalid|fail|bogus)|invalid DNSSEC", "dnssec-invalid"),
            sign("tlsa[- ]?(?:invalid|mismatch)|failed DANE validation", "dane-tlsa-invalid"),
            // Certificates
            sign("CertificateExpired|certificate-expired|certificate (?:is|has) expired", "certificate-expired"),
            sign(
                    "SubjectMismatch|certificate-host-mismatch|name ?mismatch|hostname mismatch",
                    "certificate-subject-mismatch"),
            sign("UntrustedRoot|PartialChain|self[- ]signed|unable to get local issuer", "certificate-untrusted-root"),
            sign(
                    "CertificateRevoked|\\bRevoked\\b|certificate (?:is|was|has been) revoked|RevocationOffline"
                            + "|RevocationStatusUnknown|CRLError",
                    "certificate-revoked"),
            sign("MTA-STS", "mta-sts-failed"),
            sign(
                    "certificate valid(?:ation|ity) fail|certificate .{0,40}(?:not valid|invalid)|NotTimeValid"
                            + "|BadCertificate",
                    "certificate-invalid"),
            // TLS
            sign(
                    "TLS ?(?:v|version )?1\\.[01]\\b.{0,40}(?:not supported|unsupported|deprecated|disabled)|no protocols available"
                            + "|unsupported protocol|(?:TLS|SSL) protocol version",
                    "tls-protocol-unsupported"),
            sign(
                    "starttls-not-supported|must support TLS|does not support (?:START)?TLS|STARTTLS not (?:offered"
                            + "|supported|available)",
                    "starttls-not-supported"),
            sign(
                    "STARTTLS is required|must issue a STARTTLS|TLS (?:is )?required|requires? (?:START)?TLS",
                    "starttls-required"),
            sign(
                    "TLS negotiation failed|appropriate TLS channel|TLS handshake|Security status \\w{0,40}(?:Token"
                            + "|Message)|SSL_accept|UnknownCredentials|NoCredentials|TLSNegotiation",
                    "tls-negotiation-failed"),
            // Sockets
            sign(
                    "(?<![:.\\d])10061\\b|ConnectionRefused|\\b0000274D\\b|connection (?:was )?refused",
                    "connection-refused"),
            sign(
                    "(?<![:.\\d])10060\\b|\\bTimedOut\\b|\\b0000274C\\b|connection timed out|timed? ?out",
                    "connection-timed-out"),
            sign(
                    "(?<![:.\\d])(?:10051|10065)\\b|NetworkUnreachable|HostUnreachable|(?:network|host) is unreachable"
                            + "|no route to host",
                    "network-unreachable"),
            sign("(?<![:.\\d])10054\\b|ConnectionReset|connection reset|reset by peer", "connection-reset"),
            sign(
                    "(?<![:.\\d])10053\\b|error code:?\\s{0,3}995\\b|ConnectionAborted|OperationAborted",
                    "connection-aborted"),
            sign("closed abruptly", "connection-closed"),
            sign(
                    "connection (?:was )?dropped|RemoteDisconnected|socket error SocketError|connection lost"
                            + "|lost connection|unexpectedly closed",
                    "connection-dropped"),
            // What the destination says of itself
            sign("wrong (?:Office 365|Microsoft 365|Exchange Online)? ?region|ATTR35", "wrong-region"),
            sign("queue quota exceeded", "quota-exceeded"),
            sign("grey-?list|gray-?list", "greylisted"),
            sign(
                    "throttl|too many (?:concurrent )?(?:connections|sessions|messages)|rate limit|server (?:is )?busy"
                            + "|unusual rate|sending rate",
                    "throttled"),
            sign(
                    "insufficient (?:system )?(?:resources|storage)|out of (?:memory|disk)|back ?pressure"
                            + "|no system resources",
                    "insufficient-resources"),
            sign(
                    "service (?:is )?(?:currently |temporarily )?(?:not (?:active|available)|unavailable)"
                            + "|No SMTP service|shutting down",
                    "service-unavailable"),
            // Who may send
            sign(
                    "bad outbound sender|outbound spam|exceeded its daily limit|sender (?:is |has been )?restricted"
                            + "|account .{0,40}(?:restricted|suspended|compromised)",
                    "sender-restricted"),
            sign(
                    "\\bRBL\\b|DNSBL|block ?list|black ?list|deny ?list|spamhaus|spamcop|barracuda|banned send"
                            + "|(?:ip|address|host|client|sender) .{0,60}(?:blocked|banned)|poor reputation",
                    "blocked"),
            sign("authentication (?:failure|failed|unsuccessful)|AuthenticationFailed", "authentication-failed"),
            // Before the attribution codes, which stand in the texts of loops as well.
            sign("hop count|\\bloop(?:ing|s)?\\b|too many hops|\\bATTRIBUTE\\.Loop\\b", "mail-loop"),
            sign("TenantAttribution|\\bATTR\\d{1,3}\\b", "tenant-attribution-failed"),
            sign(
                    "RESOLVER\\.RST\\.|authentication required|not (?:allowed|permitted) to send to",
                    "recipient-restricted"),
            sign("unable to relay|relay(?:ing)? (?:access )?(?:is )?(?:denied|not permitted)", "relay-denied"),
            sign(
                    "Sender ID|\\bSPF\\b|\\bDKIM\\b|\\bDMARC\\b|unauthenticated (?:e-?mail|sender)",
                    "sender-authentication-failed"),
            // The message and its recipient
            sign(
                    "RecipientNotFound|recipient .{0,80}not found|user unknown|unknown (?:user|recipient)|no such user"
                            + "|does not exist|mailbox (?:not found|unavailable)|invalid recipient"
                            + "|recipient address rejected: access denied",
                    "recipient-not-found"),
            sign("mailbox (?:is )?full|over ?quota|quota exceeded|MapiExceptionShutoffQuota", "mailbox-full"),
            sign(
                    "message (?:size|is|too) .{0,20}(?:large|big|exceeds)|MessageSubmissionExceeded|MessageSizeLimit"
                            + "|size exceeds",
                    "message-too-large"),
            sign(
                    "TRANSPORT\\.RULES|QUEUE\\.TransportAgent|(?:organi[sz]ation|local|message|content) policy"
                            + "|policy reasons|rejected (?:as|for) (?:spam|policy)|detected as spam",
                    "policy-rejected"),
            sign("DNS query failed|DNS (?:lookup|error)", "dns-query-failed"));

    /** What an enhanced code says where the words around it say no more. */
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("4.312", "dns-query-failed"),
            Map.entry("4.315", "connection-timed-out"),
            Map.entry("4.316", "connection-refused"),
            Map.entry("4.318", "connection-closed"),
            Map.entry("4.4", "dns-name-not-found"),
            Map.entry("4.6", "mail-loop"),
            Map.entry("4.14", "mail-loop"),
            Map.entry("4.8", "mta-sts-failed"),
            Map.entry("4.62", "wrong-region"),
            Map.entry("7.320", "certificate-invalid"),
            Map.entry("7.321", "starttls-not-supported"),
            Map.entry("7.322", "certificate-expired"),
            Map.entry("7.323", "dane-tlsa-invalid"),
            Map.entry("7.324", "dnssec-invalid"),
            Map.entry("7.325", "certificate-subject-mismatch"),
            Map.entry("7.5", "certificate-invalid"),
            Map.entry("7.64", "tenant-attribution-failed"),
            Map.entry("7.54", "relay-denied"),
            Map.entry("7.57", "authentication-failed"),
            Map.entry("7.9", "sender-authentication-failed"),
            Map.entry("7.23", "sender-authentication-failed"),
            Map.entry("7.26", "sender-authentication-failed"),
            Map.entry("7.509", "sender-authentication-failed"),
            Map.entry("7.511", "blocked"),
            Map.entry("7.66", "tls-protocol-unsupported"),
            Map.entry("1.8", "sender-restricted"),
            Map.entry("1.90", "sender-restricted"),
            Map.entry("7.703", "sender-restricted"),
            Map.entry("7.705", "sender-restricted"),
            Map.entry("7.708", "sender-restricted"),
            Map.entry("7.750", "sender-restricted"),
            Map.entry("7.232", "sender-restricted"),
            Map.entry("7.233", "sender-restricted"),
            Map.entry("1.1", "recipient-not-found"),
            Map.entry("1.10", "recipient-not-found"),
            Map.entry("2.2", "mailbox-full"),
            Map.entry("2.3", "message-too-large"),
            Map.entry("3.4", "message-too-large"),
            Map.entry("3.1", "insufficient-resources"),
            Map.entry("3.2", "service-unavailable"),
            Map.entry("5.3", "throttled"));

    /** Words and codes that say only that it did not work, not why. */
    private static final SignTable VAGUE_SIGNS = SignTable.of(
            sign("unable to connect|failed to connect|connection failed|socket ?error", "connection-failed"));

    private static final Map<String, String> VAGUE_CODES =
            Map.of("4.1", "connection-timed-out", "4.2", "connection-dropped");

    private CauseReader() {}

    /** The cause that the innermost telling fragment names. */
    static Optional<String> read(List<Fragments.Fragment> innermostFirst) {
        return firstOf(innermostFirst, SIGNS, CODES).or(() -> firstOf(innermostFirst, VAGUE_SIGNS, VAGUE_CODES));
    }

    /** Every token that can be read from a text. */
    static Set<String> tokens() {
        Set<String> tokens = new LinkedHashSet<>();
        tokens.addAll(SIGNS.causes());
        tokens.addAll(VAGUE_SIGNS.causes());
        tokens.addAll(CODES.values());
        tokens.addAll(VAGUE_CODES.values());
        return tokens;
    }

    private static Optional<String> firstOf(
            List<Fragments.Fragment> innermostFirst, SignTable signs, Map<String, String> codes) {
        for (Fragments.Fragment fragment : innermostFirst) {
            Optional<String> cause = signs.cause(fragment.words())
                    .or(() -> fragment.enhanced()
                            .map(CauseReader::subjectAndDetail)
                            .map(codes::get));
            if (cause.isPresent()) {
                return cause;
            }
        }
        return Optional.empty();
    }

    /** Deferral and final code share subject and detail: {@code 4.4.316} and {@code 5.4.316}. */
    private static String subjectAndDetail(String enhanced) {
        return enhanced.substring(enhanced.indexOf('.') + 1);
    }
}
