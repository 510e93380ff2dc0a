package io.mailflow.route;

import io.mailflow.catalogue.LikelyCauses;
import io.mailflow.catalogue.Quantities;
import io.mailflow.catalogue.Texts;
import io.mailflow.config.RouteSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Member;
import io.mailflow.schema.Remediation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What on-call reads of an incident, in one language: no addresses of people, no subjects, as alerts hold none. */
final class Annotations {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Whoever is paged reads no longer list. */
    private static final int MOST_LISTED = 20;

    /** The code of failures without a reply. */
    private static final String NO_CODE = "none";

    private final Texts texts;

    private Annotations(Texts texts) {
        this.texts = texts;
    }

    /**
     * The annotations of an incident.
     *
     * @param worst newest publication of its worst episode that is known, or null if none is
     * @param texts in the language of {@code worst}
     */
    static Map<String, String> of(Incident incident, @Nullable Alert worst, Texts texts, RouteSettings settings) {
        return new Annotations(texts).all(incident, worst, settings);
    }

    private Map<String, String> all(Incident incident, @Nullable Alert worst, RouteSettings settings) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", summary(incident, worst));
        annotations.put("description", description(incident, worst));
        if (worst != null) {
            annotations.put("remediation", steps(worst.remediation()));
            Instant deadline = worst.evidence().queue().nextDeadline();
            if (deadline != null) {
                annotations.put("deadline", deadline.toString());
            }
            if (settings.runbookUrl() != null) {
                String entry = URLEncoder.encode(worst.remediation().entry(), StandardCharsets.UTF_8);
                annotations.put("runbook_url", settings.runbookUrl().replace("{entry}", entry));
            }
        }
        String page = page(incident, settings);
        if (page != null) {
            annotations.put("page_url", page);
        }
        return annotations;
    }

    /** Where the program's page shows the incident, or null if nobody said where the page is. */
    static @Nullable String page(Incident incident, RouteSettings settings) {
        return settings.pageUrl() == null ? null : settings.pageUrl() + "/#/alerts/" + incident.id();
    }

    private String summary(Incident incident, @Nullable Alert worst) {
        String where = where(incident);
        if (worst == null) {
            return where + ": " + incident.episodes().get(0).code();
        }
        String title = worst.remediation().title();
        StringBuilder summary = new StringBuilder(where).append(": ").append(title);
        if (!title.contains(worst.code()) && !worst.code().equals(NO_CODE)) {
            summary.append(" (").append(worst.code()).append(')');
        }
        Alert.Queue queue = worst.evidence().queue();
        if (queue.recipients() > 0) {
            summary.append("; ").append(text("queued", Map.of("recipients", queue.recipients())));
        }
        if (queue.nextDeadline() != null) {
            summary.append("; ").append(text("next-expiry", Map.of("deadline", MINUTE.format(queue.nextDeadline()))));
        }
        return summary.toString();
    }

    private String where(Incident incident) {
        List<String> connectors =
                incident.episodes().stream().map(Member::connector).distinct().toList();
        return switch (connectors.size()) {
            case 1 -> connectors.get(0);
            case 2 -> text("two-connectors", Map.of("first", connectors.get(0), "second", connectors.get(1)));
            default -> text("more-connectors", Map.of("first", connectors.get(0), "more", connectors.size() - 1));
        };
    }

    private String description(Incident incident, @Nullable Alert worst) {
        StringBuilder text = new StringBuilder();
        if (worst != null) {
            Alert.Counts counts = worst.evidence().counts();
            String reasons = new Quantities(texts)
                    .list(worst.reasons().stream()
                            .map(reason -> word("reason", reason))
                            .toList());
            line(
                    text,
                    text(
                            "counts",
                            Map.of(
                                    "reasons", reasons,
                                    "failed", counts.failed(),
                                    "delivered", counts.delivered(),
                                    "since",
                                            MINUTE.format(
                                                    worst.evidence().window().start()))));
            line(
                    text,
                    text(
                            "owner",
                            Map.of("owner", word("owner", worst.remediation().owner()))));
            LikelyCauses.of(worst.remediation(), texts).stream()
                    .findFirst()
                    .ifPresent(likely -> line(text, text("likely", Map.of("likely", likely))));
        }
        text.append(text("failing-since", Map.of("since", MINUTE.format(incident.since()))));
        List<Member> episodes = incident.episodes();
        for (Member member : episodes.subList(0, Math.min(MOST_LISTED, episodes.size()))) {
            text.append(String.format("%n- %s, %s", member.connector(), member.code()));
            if (member.state() == AlertState.RESOLVED) {
                text.append(" (").append(texts.text("publication.resolved")).append(')');
            }
        }
        if (episodes.size() > MOST_LISTED) {
            text.append(String.format("%n")).append(text("more", Map.of("more", episodes.size() - MOST_LISTED)));
        }
        return text.toString();
    }

    private String steps(Remediation remediation) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Remediation.Step step : remediation.steps()) {
            line(text, number++ + ". " + step.text());
            if (step.command() != null) {
                line(text, "   " + step.command());
            }
        }
        if (remediation.takesEffect() != null) {
            line(text, text("takes-effect", Map.of("when", remediation.takesEffect())));
        }
        return text.append(text("verify", Map.of("verify", remediation.verify())))
                .toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(String.format("%n"));
    }

    private String text(String key, Map<String, ?> values) {
        return texts.text("incident." + key, values);
    }

    private String word(String section, Enum<?> value) {
        return texts.text(section + "." + value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
