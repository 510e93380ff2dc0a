package io.mailflow.route;

import io.mailflow.config.RouteSettings;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.Member;
import io.mailflow.schema.Reason;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What on-call reads of an incident: no addresses of people, no subjects, as alerts hold none. */
final class Annotations {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Whoever is paged reads no longer list. */
    private static final int MOST_LISTED = 20;

    private Annotations() {}

    /**
     * The annotations of an incident.
     *
     * @param worst newest publication of its worst episode that is known, or null if none is
     */
    static Map<String, String> of(Incident incident, @Nullable Alert worst, RouteSettings settings) {
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

    private static String summary(Incident incident, @Nullable Alert worst) {
        List<String> connectors = connectors(incident);
        String where = connectors.size() <= 2
                ? String.join(" and ", connectors)
                : connectors.get(0) + " and " + (connectors.size() - 1) + " more connectors";
        if (worst == null) {
            return where + ": " + incident.episodes().get(0).code();
        }
        StringBuilder text = new StringBuilder(where)
                .append(": ")
                .append(worst.remediation().title())
                .append(" (")
                .append(worst.code())
                .append(')');
        Alert.Queue queue = worst.evidence().queue();
        if (queue.recipients() > 0) {
            text.append(String.format(Locale.ROOT, "; %,d recipients queued", queue.recipients()));
        }
        if (queue.nextDeadline() != null) {
            text.append(", the next expires ").append(MINUTE.format(queue.nextDeadline()));
        }
        return text.toString();
    }

    private static String description(Incident incident, @Nullable Alert worst) {
        StringBuilder text = new StringBuilder();
        if (worst != null) {
            Alert.Counts counts = worst.evidence().counts();
            text.append(worst.reasons().stream().map(Annotations::word).collect(Collectors.joining(", ")))
                    .append(String.format(
                            Locale.ROOT,
                            "; %,d failed and %,d delivered attempts since %s.\n",
                            counts.failed(),
                            counts.delivered(),
                            MINUTE.format(worst.evidence().window().start())));
            List<String> causes = worst.remediation().causes();
            if (!causes.isEmpty()) {
                text.append("Likely: ").append(causes.get(0)).append('\n');
            }
        }
        text.append("Failing since ").append(MINUTE.format(incident.since())).append(':');
        List<Member> episodes = incident.episodes();
        for (Member member : episodes.subList(0, Math.min(MOST_LISTED, episodes.size()))) {
            text.append("\n- ").append(member.connector()).append(", ").append(member.code());
            if (member.state() == AlertState.RESOLVED) {
                text.append(" (resolved)");
            }
        }
        if (episodes.size() > MOST_LISTED) {
            text.append("\nand ").append(episodes.size() - MOST_LISTED).append(" more");
        }
        return text.toString();
    }

    private static String steps(Remediation remediation) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Remediation.Step step : remediation.steps()) {
            text.append(number++).append(". ").append(step.text()).append('\n');
            if (step.command() != null) {
                text.append("   ").append(step.command()).append('\n');
            }
        }
        if (remediation.takesEffect() != null) {
            text.append("Takes effect: ").append(remediation.takesEffect()).append('\n');
        }
        return text.append("Verify: ").append(remediation.verify()).toString();
    }

    private static List<String> connectors(Incident incident) {
        return incident.episodes().stream().map(Member::connector).distinct().toList();
    }

    private static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
