package io.mailflow.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.AlertSettings;
import io.mailflow.config.DurationText;
import io.mailflow.config.TimeSettings;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorType;
import io.mailflow.schema.Direction;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own registry file: {@code connectors:} with one entry each; a key that nobody knows is a mistake. */
final class ConnectorYaml {

    private static final List<String> KEYS = List.of(
            "name",
            "tenant",
            "direction",
            "type",
            "relation",
            "smart-hosts",
            "recipient-domains",
            "lifetime",
            "owner",
            "thresholds",
            "maintenance",
            "platform",
            "language");
    private static final String MAINTENANCE = "a start: and a later end:, each an instant such as 2026-01-10T22:00:00Z";

    private final String where;
    private final JsonNode entry;

    private ConnectorYaml(String where, JsonNode entry) {
        this.where = where;
        this.entry = entry;
    }

    static List<ConnectorEntry> entries(Path file, JsonNode root, String tenant) throws InputException {
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals("connectors")) {
                throw new InputException(file + ": unknown key " + field.getKey() + "; known: connectors.");
            }
        }
        JsonNode list = root.get("connectors");
        if (!list.isArray()) {
            throw new InputException(file + ": connectors: must be a list.");
        }
        List<ConnectorEntry> entries = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            entries.add(new ConnectorYaml(file + ", connector " + (i + 1), list.get(i)).entry(tenant));
        }
        return List.copyOf(entries);
    }

    private ConnectorEntry entry(String tenant) throws InputException {
        if (!entry.isObject()) {
            throw new InputException(where + ": must have keys, such as name: and type:.");
        }
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw new InputException(
                        where + ": unknown key " + field.getKey() + "; known: " + String.join(", ", KEYS) + ".");
            }
        }
        String name = text("name");
        if (name == null) {
            throw new InputException(where + ": name is missing.");
        }
        String ownTenant = text("tenant");
        return new ConnectorEntry(
                ownTenant == null ? tenant : ownTenant,
                name,
                choice(
                        "direction",
                        Map.of("outbound", Direction.OUTBOUND, "inbound", Direction.INBOUND),
                        Direction.OUTBOUND),
                choice(
                        "type",
                        Map.of(
                                "smart-host",
                                ConnectorType.SMART_HOST,
                                "internet",
                                ConnectorType.INTERNET,
                                "unknown",
                                ConnectorType.UNKNOWN),
                        ConnectorType.UNKNOWN),
                text("relation") == null
                        ? null
                        : choice(
                                "relation",
                                Map.of("on-premises", Relation.ON_PREMISES, "partner", Relation.PARTNER),
                                Relation.PARTNER),
                list("smart-hosts"),
                list("recipient-domains"),
                lifetime(),
                text("owner"),
                thresholds(),
                maintenance(),
                text("platform") == null
                        ? null
                        : choice(
                                "platform",
                                Map.of(
                                        "exchange-online",
                                        Platform.EXCHANGE_ONLINE,
                                        "exchange-server",
                                        Platform.EXCHANGE_SERVER),
                                Platform.EXCHANGE_ONLINE),
                language());
    }

    private List<ConnectorEntry.Maintenance> maintenance() throws InputException {
        JsonNode list = entry.get("maintenance");
        if (list == null || list.isNull()) {
            return List.of();
        }
        List<ConnectorEntry.Maintenance> windows = new ArrayList<>();
        for (JsonNode window : list.isArray() ? list : List.of(list)) {
            try {
                Instant start = Instant.parse(window.path("start").asText());
                Instant end = Instant.parse(window.path("end").asText());
                if (window.size() != 2 || !start.isBefore(end)) {
                    throw wrong("maintenance", window, MAINTENANCE);
                }
                windows.add(new ConnectorEntry.Maintenance(start, end));
            } catch (DateTimeParseException e) {
                throw wrong("maintenance", window, MAINTENANCE);
            }
        }
        return List.copyOf(windows);
    }

    /** Only the shape: which languages there are, the catalogue knows. */
    private @Nullable String language() throws InputException {
        String value = text("language");
        if (value != null && !value.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
            throw wrong("language", value, "a language tag such as pl or zh-TW");
        }
        return value;
    }

    private @Nullable String text(String key) throws InputException {
        JsonNode value = entry.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isValueNode() || value.asText().isBlank()) {
            throw wrong(key, value, "a text");
        }
        return value.asText().strip();
    }

    private <T> T choice(String key, Map<String, T> choices, T otherwise) throws InputException {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        T chosen = choices.get(value.toLowerCase(Locale.ROOT));
        if (chosen == null) {
            throw wrong(
                    key, value, "one of " + choices.keySet().stream().sorted().toList());
        }
        return chosen;
    }

    private List<String> list(String key) throws InputException {
        JsonNode value = entry.get(key);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            if (!one.isTextual() || one.asText().isBlank()) {
                throw wrong(key, value, "a list of names");
            }
            texts.add(one.asText().strip().toLowerCase(Locale.ROOT));
        }
        return texts;
    }

    private @Nullable Duration lifetime() throws InputException {
        String value = text("lifetime");
        if (value == null) {
            return null;
        }
        String expected = "a positive duration of at most " + DurationText.of(TimeSettings.LONGEST_LIFETIME) + ", "
                + DurationText.FORMS;
        return DurationText.read(value)
                .filter(lifetime -> !lifetime.isNegative()
                        && !lifetime.isZero()
                        && lifetime.compareTo(TimeSettings.LONGEST_LIFETIME) <= 0)
                .orElseThrow(() -> wrong("lifetime", value, expected));
    }

    private Map<String, Double> thresholds() throws InputException {
        JsonNode value = entry.get("thresholds");
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw wrong("thresholds", value, "keys with numbers");
        }
        Map<String, Double> thresholds = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (!AlertSettings.OVERRIDE_KEYS.contains(field.getKey())) {
                throw new InputException(where + ": unknown key thresholds." + field.getKey() + "; known: "
                        + String.join(
                                ", ",
                                AlertSettings.OVERRIDE_KEYS.stream().sorted().toList()) + ".");
            }
            if (!field.getValue().isNumber() || field.getValue().asDouble() < 0) {
                throw wrong("thresholds." + field.getKey(), field.getValue(), "a number that is not negative");
            }
            thresholds.put(field.getKey(), field.getValue().asDouble());
        }
        for (String problem : AlertSettings.problemsWith(thresholds)) {
            throw new InputException(where + ": thresholds: " + problem + ".");
        }
        return thresholds;
    }

    private InputException wrong(String key, Object value, String expected) {
        return new InputException(where + ": " + key + " is " + value + ", expected " + expected + ".");
    }
}
