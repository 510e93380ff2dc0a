package io.mailflow.monitor;

import io.mailflow.alerting.AlertAssembler.Known;
import io.mailflow.alerting.Decision;
import io.mailflow.alerting.Episode;
import io.mailflow.monitor.Judge.Subject;
import io.mailflow.schema.Alert;
import io.mailflow.tracker.ConnectorKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets queues age while the sources are silent. What that opens or raises is provisional: it has the id and sequence
 * that progress will give it at the same minute if nothing else happens until then, and is taken back otherwise.
 */
final class Ageing {

    private final MonitorState state;
    private final ProvisionalEpisodes provisional;
    private final Judge judge;
    private final ConnectorLookup registry;

    Ageing(MonitorState state, ProvisionalEpisodes provisional, Judge judge, ConnectorLookup registry) {
        this.state = state;
        this.provisional = provisional;
        this.judge = judge;
        this.registry = registry;
    }

    /**
     * The alerts of one minute that progress has not reached.
     *
     * @param atMs the minute
     * @param progressMs how far progress has come
     * @param lag how far that is behind the wall clock
     */
    List<Alert> age(long atMs, long progressMs, Duration lag) {
        Known known = new Known(Instant.ofEpochMilli(progressMs), lag, true);
        List<Alert> alerts = new ArrayList<>();
        for (ConnectorKey connector : state.restless()) {
            if (!state.hasQueue(connector)) {
                continue;
            }
            Subject subject = look(connector, atMs);
            for (Decision.Published worse : judge.worsen(subject, provisional.over(connector, state.open(connector)))) {
                Episode episode = worse.episode();
                provisional.put(new CodeKey(connector, episode.code()), episode);
                alerts.add(judge.alert(worse, subject, known));
            }
        }
        return alerts;
    }

    /**
     * Corrections of what progress, having come further, says otherwise. What it confirms was published by itself.
     *
     * @param published what progress published on its way
     * @param progressMs how far it has come
     * @param lag how far that is behind the wall clock
     */
    List<Alert> settle(List<Alert> published, long progressMs, Duration lag) {
        Set<String> spokenOf = published.stream().map(Alert::id).collect(Collectors.toSet());
        List<Alert> corrections = new ArrayList<>();
        provisional.all().forEach((key, supposed) -> {
            Episode open = state.open(key.connector()).get(key.code());
            Episode confirmed = open != null && open.id().equals(supposed.id()) ? open : null;
            boolean anotherOpened = open != null && confirmed == null;
            boolean passed = supposed.publishedAt().toEpochMilli() <= progressMs;
            boolean said = confirmed == null
                    ? spokenOf.contains(supposed.id())
                    : confirmed.severity().compareTo(supposed.severity()) >= 0;
            if (said) {
                provisional.remove(key);
            } else if (anotherOpened || passed || !holds(key, supposed)) {
                provisional.remove(key);
                Subject subject = look(key.connector(), progressMs);
                corrections.add(judge.correct(subject, supposed, confirmed, lag));
            }
        });
        return corrections;
    }

    private boolean holds(CodeKey key, Episode supposed) {
        return judge.confirms(look(key.connector(), supposed.publishedAt().toEpochMilli()), supposed);
    }

    private Subject look(ConnectorKey connector, long atMs) {
        return judge.look(connector, state.get(connector), registry.entry(connector), atMs);
    }
}
