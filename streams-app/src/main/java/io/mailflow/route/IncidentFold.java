package io.mailflow.route;

import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Incident;
import io.mailflow.schema.Incident.JoinedBy;
import io.mailflow.schema.Incident.Member;
import io.mailflow.schema.Incident.Page;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one incident opens, grows, changes and ends. Pure. */
final class IncidentFold {

    /** An episode takes a few hundred bytes of its incident's record, and a topic takes records of 1 MiB. */
    static final int MOST_EPISODES = 1_000;

    private IncidentFold() {}

    /** A new incident. Its id is that of the alert that opens it: an episode opens at most one. */
    static Incident open(Alert alert) {
        return new Incident(
                alert.id(),
                1,
                alert.tenant(),
                AlertState.OPEN,
                alert.severity(),
                alert.since(),
                alert.openedAt(),
                alert.changedAt(),
                null,
                List.of(member(alert, JoinedBy.OPENED, null)),
                List.of());
    }

    /** Whether it is over and no Alertmanager was left believing otherwise. */
    static boolean isSettled(Incident incident) {
        return incident.state() == AlertState.RESOLVED
                && incident.pages().stream().allMatch(page -> page.state() == AlertState.RESOLVED);
    }

    /** Whether the open incident has room for the episode and in common with it what {@code by} says, now. */
    static boolean shares(Incident incident, Alert alert, JoinedBy by) {
        if (!incident.tenant().equals(alert.tenant()) || incident.episodes().size() >= MOST_EPISODES) {
            return false;
        }
        Stream<Member> open = incident.episodes().stream().filter(member -> member.state() == AlertState.OPEN);
        return switch (by) {
            case OPENED -> false;
            case SAME_CONNECTOR -> open.anyMatch(member -> member.connector().equals(alert.connector()));
            case SAME_DESTINATION -> {
                List<String> destinations = destinations(alert);
                yield open.anyMatch(member -> !Collections.disjoint(member.destinations(), destinations));
            }
        };
    }

    /** The incident with one episode more. */
    static Incident join(Incident incident, Alert alert, JoinedBy by) {
        List<Member> episodes = new ArrayList<>(incident.episodes());
        episodes.add(member(alert, by, null));
        return with(incident, alert, episodes);
    }

    /** The incident after another publication of one of its episodes; empty if that was seen before. */
    static Optional<Incident> update(Incident incident, Alert alert) {
        List<Member> episodes = new ArrayList<>(incident.episodes());
        for (int i = 0; i < episodes.size(); i++) {
            Member before = episodes.get(i);
            if (before.alert().equals(alert.id())) {
                if (!isNews(before, alert)) {
                    return Optional.empty();
                }
                Member now = member(alert, before.joinedBy(), before.paged());
                if (now.equals(before)) {
                    return Optional.empty();
                }
                episodes.set(i, now);
                return Optional.of(with(incident, alert, episodes));
            }
        }
        throw new IllegalArgumentException("Alert " + alert.id() + " is none of incident " + incident.id());
    }

    /** The incident after an Alertmanager was told of it. */
    static Incident paged(Incident incident, Page page) {
        List<Page> pages = Stream.concat(
                        incident.pages().stream()
                                .filter(before -> !before.alertmanager().equals(page.alertmanager())),
                        Stream.of(page))
                .toList();
        return new Incident(
                incident.id(),
                incident.sequence() + 1,
                incident.tenant(),
                incident.state(),
                incident.severity(),
                incident.since(),
                incident.openedAt(),
                incident.changedAt(),
                incident.resolvedAt(),
                incident.episodes(),
                pages);
    }

    /**
     * What has a number that was seen is the same again, but for what repeats one: progress confirms or corrects what was
     * provisional, or an open episode becomes current.
     */
    private static boolean isNews(Member before, Alert alert) {
        boolean repeats = alert.publication() == Publication.CORRECTED
                || (alert.publication() == Publication.BECAME_CURRENT && before.state() == AlertState.OPEN);
        return alert.sequence() > before.sequence()
                || (alert.sequence() == before.sequence() && repeats)
                || (before.provisional() && (!alert.provisional() || alert.publication() == Publication.CORRECTED));
    }

    private static Incident with(Incident before, Alert alert, List<Member> episodes) {
        boolean open = episodes.stream().anyMatch(member -> member.state() == AlertState.OPEN);
        Instant ended = alert.resolvedAt() == null ? alert.changedAt() : alert.resolvedAt();
        return new Incident(
                before.id(),
                before.sequence() + 1,
                before.tenant(),
                open ? AlertState.OPEN : AlertState.RESOLVED,
                max(before.severity(), alert.severity()),
                min(before.since(), alert.since()),
                before.openedAt(),
                max(before.changedAt(), alert.changedAt()),
                open ? null : max(before.changedAt(), ended),
                episodes,
                before.pages());
    }

    private static Member member(Alert alert, JoinedBy by, @Nullable Severity pagedBefore) {
        return new Member(
                alert.id(),
                alert.sequence(),
                alert.connector(),
                alert.code(),
                alert.state(),
                alert.severity(),
                alert.remediation().owner(),
                alert.provisional(),
                mayPage(alert) ? alert.severity() : pagedBefore,
                by,
                destinations(alert));
    }

    /** The end of an episode wakes nobody; it only ends what somebody was woken for. */
    private static boolean mayPage(Alert alert) {
        return alert.pageable() && alert.state() == AlertState.OPEN;
    }

    private static List<String> destinations(Alert alert) {
        return alert.evidence().destinations().stream()
                .flatMap(destination -> Stream.of(destination.host(), destination.ip()))
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isBlank())
                .distinct()
                .sorted()
                .toList();
    }

    private static <T extends Comparable<T>> T max(T a, T b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static <T extends Comparable<T>> T min(T a, T b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
