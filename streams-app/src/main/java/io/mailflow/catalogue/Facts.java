package io.mailflow.catalogue;

import io.mailflow.reply.Hosts;
import io.mailflow.schema.Destination;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What fills the placeholders of a catalogue's texts. */
final class Facts {

    /** Every placeholder that a text may contain. */
    static final Set<String> NAMES =
            Set.of("code", "destination", "host", "ip", "port", "endpoint", "domain", "meaning");

    /** The placeholders that a language needs words for, where the evidence tells nothing. */
    static final Set<String> WORDS = Set.of("destination", "host", "ip", "domain");

    private static final int SMTP_PORT = 25;

    private Facts() {}

    /** Only what is a name or an address gets in, because people run the commands. */
    static Map<String, String> of(String code, @Nullable Destination destination, CatalogueFile file) {
        Optional<String> name =
                Optional.ofNullable(destination).map(Destination::host).flatMap(Hosts::name);
        Optional<String> ip =
                Optional.ofNullable(destination).map(Destination::ip).flatMap(Hosts::address);
        int port = Optional.ofNullable(destination).map(Destination::port).orElse(SMTP_PORT);
        String host = name.or(() -> ip).orElse(word(file, "host"));
        String shown = name.map(
                        found -> ip.map(address -> found + " (" + address + ")").orElse(found))
                .or(() -> ip)
                .orElse(word(file, "destination"));
        return Map.of(
                "code",
                code,
                "destination",
                shown,
                "host",
                host,
                "ip",
                ip.orElse(word(file, "ip")),
                "port",
                String.valueOf(port),
                "endpoint",
                (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port,
                "domain",
                word(file, "domain"),
                "meaning",
                file.meanings().of(code));
    }

    private static String word(CatalogueFile file, String name) {
        return file.words().getOrDefault(name, "<" + name + ">");
    }
}
