package io.mailflow.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A connector as PowerShell's {@code ConvertTo-Json} prints it, of Exchange Online and of Exchange Server. */
final class PowerShellConnector {

    private static final List<String> INBOUND_FIELDS = List.of(
            "senderipaddresses",
            "senderdomains",
            "restrictdomainstocertificate",
            "restrictdomainstoipaddresses",
            "bindings",
            "remoteipranges");
    private static final List<String> OUTBOUND_FIELDS =
            List.of("usemxrecord", "dnsroutingenabled", "smarthosts", "recipientdomains", "addressspaces");
    /** {@code SMTP:*.contoso.com;1}: type, domain, cost. */
    private static final Pattern ADDRESS_SPACE =
            Pattern.compile("(?:smtp:)?([^;]+)(?:;\\d+)?", Pattern.CASE_INSENSITIVE);

    private PowerShellConnector() {}

    static ConnectorEntry entry(Path file, @Nullable JsonNode node, String tenant) throws InputException {
        Map<String, JsonNode> fields = node == null ? Map.of() : Json.fields(node);
        String name = Json.text(fields, "name");
        boolean inbound = INBOUND_FIELDS.stream().anyMatch(fields::containsKey);
        boolean outbound = OUTBOUND_FIELDS.stream().anyMatch(fields::containsKey);
        if (name == null || (!inbound && !outbound)) {
            throw new InputException(
                    file + " lists no connectors; make it with: Get-OutboundConnector | ConvertTo-Json.");
        }
        String organisation = Json.text(fields, "organization", "tenant");
        String owner = organisation == null ? tenant : organisation;
        if (inbound && !outbound) {
            String identity = Json.text(fields, "identity");
            // Traces spell receive connectors SERVER\Name, which is their identity.
            String asTraced = identity != null && identity.endsWith("\\" + name) ? identity : name;
            return new ConnectorEntry(
                    owner,
                    asTraced,
                    Direction.INBOUND,
                    ConnectorType.UNKNOWN,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    Map.of());
        }
        List<String> smartHosts = smartHosts(fields.get("smarthosts"));
        List<String> domains = new ArrayList<>(texts(fields.get("recipientdomains")));
        domains.addAll(addressSpaces(fields.get("addressspaces")));
        return new ConnectorEntry(
                owner,
                name,
                Direction.OUTBOUND,
                type(Json.text(fields, "usemxrecord", "dnsroutingenabled"), smartHosts),
                relation(Json.text(fields, "connectortype")),
                smartHosts,
                domains,
                null,
                null,
                Map.of(),
                List.of(),
                fields.containsKey("addressspaces") ? Platform.EXCHANGE_SERVER : Platform.EXCHANGE_ONLINE,
                null);
    }

    private static ConnectorType type(@Nullable String looksUpMx, List<String> smartHosts) {
        if ("true".equalsIgnoreCase(looksUpMx)) {
            return ConnectorType.INTERNET;
        }
        return smartHosts.isEmpty() ? ConnectorType.UNKNOWN : ConnectorType.SMART_HOST;
    }

    private static @Nullable Relation relation(@Nullable String connectorType) {
        if (connectorType == null) {
            return null;
        }
        return switch (connectorType.toLowerCase(Locale.ROOT)) {
            // Windows PowerShell prints enumerations as numbers.
            case "onpremises", "1" -> Relation.ON_PREMISES;
            case "partner", "2" -> Relation.PARTNER;
            default -> null;
        };
    }

    private static List<String> smartHosts(@Nullable JsonNode node) {
        List<String> hosts = new ArrayList<>();
        for (String text : texts(node)) {
            for (String host : text.split("[,;\\s]+")) {
                String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
                if (!bare.isEmpty()) {
                    hosts.add(bare);
                }
            }
        }
        return hosts;
    }

    private static List<String> addressSpaces(@Nullable JsonNode node) {
        List<String> domains = new ArrayList<>();
        for (String text : texts(node)) {
            for (String one : text.split("[,\\s]+")) {
                Matcher matcher = ADDRESS_SPACE.matcher(one);
                if (matcher.matches()) {
                    domains.add(matcher.group(1));
                }
            }
        }
        return domains;
    }

    /** The texts of a list or of a single value, in lower case; of objects what names a host or a domain. */
    private static List<String> texts(@Nullable JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node == null || node.isNull()) {
            return texts;
        }
        for (JsonNode one : node.isArray() ? node : List.of(node)) {
            String text = one.isObject()
                    ? Json.text(Json.fields(one), "domain", "hostname", "address", "smarthost", "value")
                    : one.isNull() ? null : one.asText();
            if (text != null && !text.isBlank()) {
                texts.add(text.strip().toLowerCase(Locale.ROOT));
            }
        }
        return texts;
    }
}
