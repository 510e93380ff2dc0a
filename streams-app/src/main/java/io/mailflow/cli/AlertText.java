package io.mailflow.cli;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.MeasureWords;
import io.mailflow.catalogue.Quantities;
import io.mailflow.catalogue.Texts;
import io.mailflow.catalogue.Title;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Expiring;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Alerts as people read them on a terminal, in one language. Times are UTC. */
final class AlertText {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Begins the last error in Exchange's container {@code [{LED=…};{MSG=…};…]}. */
    private static final String LED = "LED=";

    /** The tenant of events whose input names none; telling it tells nothing. */
    private static final String NO_TENANT = "default";

    /** Columns of what the registry says of an owner: free text. */
    private static final int LONGEST_OWNER = 200;

    private final Catalogue catalogue;
    private final Texts texts;
    private final Quantities quantities;
    private final MeasureWords measures;
    private final int width;

    /** In a language of the catalogue, as wide as where there is no terminal. */
    AlertText(Catalogue catalogue, String language) {
        this(catalogue, language, TextWidth.ELSEWHERE);
    }

    /** In a language of the catalogue, paragraphs of so many columns. */
    AlertText(Catalogue catalogue, String language, int width) {
        this.width = width;
        this.catalogue = catalogue;
        this.texts = catalogue.texts(language);
        this.quantities = new Quantities(texts);
        this.measures = new MeasureWords(texts);
    }

    /** The texts of the language. */
    Texts texts() {
        return texts;
    }

    /** What to do about an alert, in the language. */
    Remediation remedy(Alert alert) {
        return catalogue.in(texts.language(), alert.remediation());
    }

    /** An instant to the minute. */
    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** A duration in its two largest units. */
    String duration(Duration duration) {
        return quantities.brief(duration);
    }

    /** The connector, with its tenant where the input names one. */
    static String where(String tenant, String connector) {
        return tenant.equals(NO_TENANT) ? connector : tenant + " / " + connector;
    }

    /** One line: when, what happened to the alert, how bad, where and why. */
    String line(Alert alert) {
        return line(alert, Publication.values(), 0);
    }

    /**
     * The same line for each of several, below each other.
     *
     * @param widestConnector columns that connectors may take at most; longer ones push the rest of their line aside
     */
    List<String> lines(List<Alert> alerts, int widestConnector) {
        Publication[] publications =
                alerts.stream().map(Alert::publication).distinct().toArray(Publication[]::new);
        int connectors = alerts.stream()
                .mapToInt(alert -> DisplayWidth.of(where(alert.tenant(), alert.connector())))
                .filter(columns -> columns <= widestConnector)
                .max()
                .orElse(0);
        return alerts.stream()
                .map(alert -> line(alert, publications, connectors))
                .toList();
    }

    private String line(Alert alert, Publication[] publications, int connectorWidth) {
        return String.join(
                "  ",
                minute(alert.toldAt()),
                column("publication", alert.publication(), publications),
                column("severity", alert.severity(), Severity.values()),
                DisplayWidth.padded(where(alert.tenant(), alert.connector()), connectorWidth),
                alert.code(),
                reasonsAndEnd(alert));
    }

    /** Its reasons; how it ended, once it has; whether it is provisional. */
    String reasonsAndEnd(Alert alert) {
        String reasons = reasons(alert);
        String why = alert.state() == AlertState.RESOLVED && alert.resolution() != null
                ? texts.text(
                        "alert.reasons-and-resolution",
                        Map.of("reasons", reasons, "resolution", word("resolution", alert.resolution())))
                : reasons;
        return alert.provisional()
                ? text("in-brackets", Map.of("name", why, "more", text("provisional", Map.of())))
                : why;
    }

    /** One line about an alert that is not news: since when, how bad, where and why. */
    String standing(Alert alert) {
        return String.join(
                "  ",
                texts.text("alert.standing", Map.of("since", minute(alert.since()))),
                column("severity", alert.severity(), Severity.values()),
                where(alert.tenant(), alert.connector()),
                alert.code(),
                reasons(alert));
    }

    /** The whole alert as it was published: what is wrong and how bad it is first, then what to do. */
    String block(Alert alert) {
        return block(alert, Beside.NOTHING);
    }

    /** The whole alert with what is known beside it: perhaps read later than it was published. */
    String block(Alert alert, Beside beside) {
        TextPage page = new TextPage(texts, 2, width);
        Remediation remedy = remedy(alert);
        Alert.Evidence evidence = alert.evidence();
        page.heading(String.join(
                "  ",
                word("severity", alert.severity()).toUpperCase(Locale.forLanguageTag(texts.language())),
                where(alert.tenant(), alert.connector()),
                alert.code(),
                Title.withoutCode(remedy.title(), alert.code())));
        if (!remedy.explanation().isEmpty()) {
            page.line("meaning", remedy.explanation());
        }
        page.line("since", since(alert));
        if (beside.queueNow() == null) {
            page.line("queue", queue(alert));
        } else {
            page.line("queue-now", beside.queueNow());
            page.line("published", published(alert));
        }
        page.list(
                "why",
                alert.reasons().stream().map(reason -> why(alert, reason)).toList());
        page.list(
                "servers",
                evidence.destinations().stream().limit(3).map(this::destination).toList());
        if (evidence.lastError() != null) {
            page.oneLine("last-error", error(evidence.lastError()));
        }
        page.certificate(remedy);
        page.line("who-acts", whoActs(remedy, beside.owner()));
        page.likely(remedy);
        page.steps(remedy);
        page.ending(remedy);
        return page.toString().stripTrailing();
    }

    /** The queue of the alert's code as the alert tells it: how many recipients wait and are lost when, as of when. */
    String queue(Alert alert) {
        Alert.Queue queue = alert.evidence().queue();
        Instant at = alert.toldAt();
        String then = queue(queue.recipients(), queue.expiring(), queue.nextDeadline(), at);
        return text(
                "queue-at",
                Map.of(
                        "at",
                        minute(at),
                        "queue",
                        queue.expiredLastHour() == 0
                                ? then
                                : then(then, text("queue-expired", Map.of("recipients", queue.expiredLastHour())))));
    }

    /** The same of a whole connector, as of an instant. */
    String connectorQueue(long recipients, List<Expiring> expiring, @Nullable Instant nextDeadline, Instant at) {
        return text("queue-now-at", Map.of("at", minute(at), "queue", queue(recipients, expiring, nextDeadline, at)));
    }

    /** Since when it is wrong, and when that was seen. */
    String since(Alert alert) {
        return text("since", Map.of("since", minute(alert.since()), "opened", minute(alert.openedAt())));
    }

    /** When what follows was true. */
    String published(Alert alert) {
        return text("published", Map.of("published", minute(alert.toldAt())));
    }

    private String queue(long recipients, List<Expiring> expiring, @Nullable Instant nextDeadline, Instant at) {
        if (recipients == 0) {
            return text("queue-empty", Map.of());
        }
        String text = text("queue-recipients", Map.of("recipients", recipients));
        if (nextDeadline != null) {
            Duration left = Duration.between(at, nextDeadline);
            text = then(
                    text,
                    text(
                            left.isNegative() ? "queue-overdue" : "queue-first",
                            Map.of("left", duration(left), "deadline", minute(nextDeadline))));
        }
        String within = within(expiring);
        return within.isEmpty() ? text : then(text, within);
    }

    private String within(List<Expiring> expiring) {
        Stream.Builder<String> horizons = Stream.builder();
        long before = 0;
        for (Expiring horizon : expiring) {
            // Cumulative counts: a longer horizon that adds nobody says nothing.
            if (horizon.recipients() > before) {
                horizons.add(text(
                        "queue-within",
                        Map.of(
                                "recipients",
                                horizon.recipients(),
                                "within",
                                duration(Duration.ofHours(horizon.withinHours())))));
                before = horizon.recipients();
            }
        }
        return quantities.list(horizons.build().toList());
    }

    /** A reason with what was measured for it. */
    String why(Alert alert, Reason reason) {
        String measured = alert.evidence().thresholds().stream()
                .filter(measure -> measure.reason() == reason)
                .map(measure -> measures.comparison(measure, alert.toldAt()))
                .reduce(this::then)
                .orElse("");
        String name = word("reason", reason);
        return measured.isEmpty() ? name : text("in-brackets", Map.of("name", name, "more", measured));
    }

    /**
     * Who must act, and on which cause.
     *
     * @param responsible who answers for the connector by the registry, or null if nobody said
     */
    String whoActs(Remediation remedy, @Nullable String responsible) {
        String side = TextPage.owner(remedy.owner(), texts);
        String owner = responsible == null
                ? side
                : then(side, text("connector-owner", Map.of("owner", Printable.brief(responsible, LONGEST_OWNER))));
        return remedy.cause() == null
                ? owner
                : text(
                        "owner-and-cause",
                        Map.of("owner", owner, "cause", ExplanationPage.cause(remedy.cause(), texts)));
    }

    /** The error itself, without the container around it, in one line. */
    static String error(String error) {
        String inside = error.substring(error.contains(LED) ? error.indexOf(LED) + LED.length() : 0);
        int end = inside.indexOf("};");
        return (end < 0 ? inside : inside.substring(0, end))
                .replaceAll("[\\s\\p{Cc}]+", " ")
                .strip();
    }

    private String destination(Alert.FailingDestination destination) {
        String server = destination.host() == null ? "" : destination.host();
        String ip = destination.ip() == null ? "" : (server.isEmpty() ? "" : " ") + "[" + destination.ip() + "]";
        String name = (server + ip).isEmpty() ? text("server-unknown", Map.of()) : server + ip;
        return text("server", Map.of("server", name, "attempts", destination.attempts()));
    }

    private String reasons(Alert alert) {
        return quantities.list(
                alert.reasons().stream().map(reason -> word("reason", reason)).toList());
    }

    private String then(String first, String then) {
        return text("and-then", Map.of("first", first, "then", then));
    }

    private String text(String key, Map<String, ?> values) {
        return texts.text("alert." + key, values);
    }

    /** The word in a column that has room for the widest of its kind in this language. */
    private String column(String section, Enum<?> value, Enum<?>[] kind) {
        int widest = Arrays.stream(kind)
                .mapToInt(each -> DisplayWidth.of(word(section, each)))
                .max()
                .orElse(0);
        return DisplayWidth.padded(word(section, value), widest);
    }

    /** The word for a constant, such as those of {@code severity} or {@code reason}. */
    String word(String section, Enum<?> value) {
        return texts.text(section + "." + value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
