package io.mailflow.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of {@code route.*}: addresses and links. */
final class RouteValues {

    private RouteValues() {}

    static List<URI> addresses(Settings in, String key) {
        String text = in.text(
                key,
                RouteSettings.NONE,
                value ->
                        isNone(value) || parts(value).allMatch(part -> web(part).isPresent()),
                "none, or addresses separated by commas, such as https://alertmanager.contoso.example:9093");
        return isNone(text)
                ? List.of()
                : parts(text)
                        .map(part -> web(part).orElseThrow())
                        .map(RouteValues::withoutEndingSlash)
                        .distinct()
                        .toList();
    }

    static @Nullable URI page(Settings in, String key) {
        String text = in.text(
                key,
                RouteSettings.NONE,
                value -> isNone(value) || web(value).isPresent(),
                "none, or an address such as https://mailflow.contoso.example");
        return isNone(text)
                ? null
                : web(text).map(RouteValues::withoutEndingSlash).orElseThrow();
    }

    static @Nullable String runbook(Settings in, String key) {
        String text = in.text(
                key,
                RouteSettings.NONE,
                value -> isNone(value) || web(value.replace("{entry}", "entry")).isPresent(),
                "none, or an address such as https://wiki.contoso.example/mail/{entry}");
        return isNone(text) ? null : text;
    }

    static @Nullable String user(Settings in, String key) {
        String text =
                in.text(key, RouteSettings.NONE, value -> value.indexOf(':') < 0, "none, or a name without colon");
        return isNone(text) ? null : text;
    }

    static String label(Settings in, String key, String byDefault) {
        return in.text(
                key,
                byDefault,
                value -> value.length() <= 100,
                "a label of up to 100 characters, such as " + byDefault);
    }

    private static boolean isNone(String text) {
        return text.equals(RouteSettings.NONE);
    }

    private static Stream<String> parts(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip);
    }

    /** An address of HTTP without user, query and fragment: credentials have keys of their own. */
    private static Optional<URI> web(String text) {
        try {
            URI uri = new URI(text);
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            boolean usable = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static URI withoutEndingSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }
}
