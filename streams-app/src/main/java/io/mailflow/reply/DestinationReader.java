package io.mailflow.reply;

import io.mailflow.schema.Destination;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server a text names. What is masked ({@code 72.x.x.x}, {@code *.contoso.com}) or no name is left out. */
final class DestinationReader {

    private static final Pattern HOST = Pattern.compile(
            "(?=[lfo])(?:LastAttemptedServerName\\s{0,3}=|Last attempted server name\\s{0,3}=|\\bFQDN\\s{0,3}="
                    + "|OutboundProxyTargetHostName\\s{0,3}[:=])[ \\t]{0,3}([^\\s\\]};,]{1,255})",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ADDRESS = Pattern.compile(
            "(?=[lo{])(?:LastAttemptedIP\\s{0,3}=|last endpoint attempted was|\\{\\s{0,3}IP\\s{0,3}="
                    + "|OutboundProxyTargetIP(?:Address)?\\s{0,3}[:=])[ \\t]{0,3}"
                    + "(?:\\[([0-9A-Fa-f:.%]{2,64})](?::(\\d{1,5}))?|([\\w.:*]{1,64}))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IPV4_AND_PORT = Pattern.compile("([^:]*?)\\.?(?::(\\d{1,5}))?\\.?");

    private DestinationReader() {}

    /** Host, address and port, as far as the text has them; empty if it has none. */
    static Optional<Destination> read(String text) {
        String host = null;
        String ip = null;
        Integer port = null;
        Matcher names = HOST.matcher(text);
        while (host == null && names.find()) {
            if (isCut(text, names)) {
                break;
            }
            host = Hosts.name(names.group(1)).orElse(null);
            ip = ip == null ? Hosts.address(names.group(1)).orElse(null) : ip;
        }
        Matcher addresses = ADDRESS.matcher(text);
        while ((ip == null || port == null) && addresses.find()) {
            boolean hasPort =
                    addresses.group().lastIndexOf(':') > addresses.group().lastIndexOf('.');
            if (isCut(text, addresses) || (addresses.end() == text.length() && !hasPort)) {
                break;
            }
            String address = addresses.group(1);
            String portText = addresses.group(2);
            if (address == null) {
                String whole = addresses.group(3);
                Matcher parts = IPV4_AND_PORT.matcher(whole);
                boolean split = parts.matches();
                address = split ? parts.group(1) : whole;
                portText = split ? parts.group(2) : null;
            }
            ip = ip == null ? Hosts.address(address).orElse(null) : ip;
            port = port == null ? port(portText) : port;
        }
        return host == null && ip == null && port == null
                ? Optional.empty()
                : Optional.of(new Destination(host, ip, port));
    }

    /** A value in brackets that the end of the text cuts: half a name is a wrong name. */
    private static boolean isCut(String text, Matcher match) {
        return match.end() == text.length() && match.group().indexOf('=') >= 0;
    }

    private static @Nullable Integer port(@Nullable String digits) {
        if (digits == null) {
            return null;
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535 ? port : null;
    }
}
