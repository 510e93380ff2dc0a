package io.mailflow.catalogue;

import io.mailflow.reply.Hosts;
import io.mailflow.reply.Reply;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known, by name and independent of language: the parameters of a
 * {@link io.mailflow.schema.Remediation}. Of hosts and domains only what is a name or an address gets in, because
 * people run the commands.
 */
final class Facts {

    /** Every fact that a situation can tell. */
    static final Set<String> NAMES = Set.of(
            "code",
            "connector",
            "host",
            "ip",
            "port",
            "domain",
            "messageId",
            "expected",
            "presented",
            "relation",
            "platform");

    /** What texts and commands can show in addition, made from the facts. */
    static final Set<String> MADE = Set.of(
            "destination",
            "endpoint",
            "meaning",
            "told",
            "mtaStsPolicy",
            "mtaStsRecord",
            "tlsaRecord",
            "dmarcRecord",
            "certificateName",
            "acceptedDomain");

    /** What only the reader knows. */
    static final Set<String> ASKED = Set.of(
            "recipient",
            "sender",
            "newSmartHost",
            "thumbprint",
            "receiveConnector",
            "inboundConnector",
            "senderDomain",
            "mailServer",
            "tlsaData",
            "sendingIp",
            "group");

    private static final String SMTP_PORT = "25";

    private Facts() {}

    static Map<String, String> of(Situation situation) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("code", situation.code());
        put(facts, "connector", Optional.ofNullable(situation.connector()));
        put(facts, "messageId", Optional.ofNullable(situation.messageId()));
        put(facts, "domain", Optional.ofNullable(situation.domain()).flatMap(Hosts::name));
        put(facts, "expected", situation.certificate().expected());
        put(facts, "presented", situation.certificate().presented());
        Destination destination = situation.destination();
        if (destination != null) {
            put(facts, "host", Optional.ofNullable(destination.host()).flatMap(Hosts::name));
            put(facts, "ip", Optional.ofNullable(destination.ip()).flatMap(Hosts::address));
            put(facts, "port", Optional.ofNullable(destination.port()).map(String::valueOf));
        }
        put(facts, "relation", Optional.ofNullable(situation.relation()).map(Facts::word));
        put(facts, "platform", Optional.ofNullable(situation.platform()).map(Facts::word));
        return facts;
    }

    static @Nullable Relation relation(Map<String, String> facts) {
        return value(facts.get("relation"), Relation.values());
    }

    static @Nullable Platform platform(Map<String, String> facts) {
        return value(facts.get("platform"), Platform.values());
    }

    /** Everything a text or command can show; what is not known is in words of the language. */
    static Map<String, String> shown(Map<String, String> facts, Texts texts) {
        Map<String, String> shown = new TreeMap<>(facts);
        facts.forEach((name, value) -> shown.put(name, Values.clean(value)));
        ASKED.forEach(name -> shown.put(name, word(texts, name)));
        boolean told = !Reply.NONE.equals(facts.get("code"));
        shown.put("told", told ? "yes" : "no");
        if (!told) {
            shown.put("code", word(texts, "noCode"));
        }
        shown.put("meaning", Meanings.of(facts.getOrDefault("code", ""), texts));
        String host = facts.get("host");
        String ip = facts.get("ip");
        String server = host != null ? host : ip;
        shown.put("destination", server == null ? word(texts, "destination") : both(server, host, ip));
        shown.put("host", server == null ? word(texts, "host") : server);
        shown.putIfAbsent("ip", word(texts, "ip"));
        shown.putIfAbsent("port", SMTP_PORT);
        String named = shown.get("host");
        shown.put("endpoint", (named.contains(":") ? "[" + named + "]" : named) + ":" + shown.get("port"));
        shown.put("tlsaRecord", "_" + shown.get("port") + "._tcp." + named);
        shown.put("acceptedDomain", facts.containsKey("domain") ? shown.get("domain") : word(texts, "acceptedDomain"));
        shown.putIfAbsent("domain", word(texts, "domain"));
        shown.put("mtaStsPolicy", "https://mta-sts." + shown.get("domain") + "/.well-known/mta-sts.txt");
        shown.put("mtaStsRecord", "_mta-sts." + shown.get("domain"));
        shown.put("dmarcRecord", "_dmarc." + shown.get("senderDomain"));
        shown.putIfAbsent("connector", word(texts, "connector"));
        shown.putIfAbsent("messageId", word(texts, "messageId"));
        shown.put("certificateName", certificateName(facts, texts));
        return shown;
    }

    private static String both(String server, @Nullable String host, @Nullable String ip) {
        return host != null && ip != null ? host + " (" + ip + ")" : server;
    }

    /** The common name of the presented subject: {@code CN=mail.contoso.com, O=Contoso}. */
    private static String certificateName(Map<String, String> facts, Texts texts) {
        String presented = facts.get("presented");
        if (presented == null) {
            return word(texts, "certificateName");
        }
        String name = presented
                .replaceFirst("(?i)^.*?CN=", "")
                .replaceFirst(",.*$", "")
                .strip();
        return Hosts.name(name.replaceFirst("^\\*\\.", "")).isPresent() ? name : word(texts, "certificateName");
    }

    private static String word(Texts texts, String name) {
        return texts.text("words." + name);
    }

    private static void put(Map<String, String> facts, String name, Optional<String> value) {
        value.ifPresent(known -> facts.put(name, known));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T extends Enum<T>> @Nullable T value(@Nullable String word, T[] values) {
        for (T value : values) {
            if (word(value).equals(word)) {
                return value;
            }
        }
        return null;
    }
}
