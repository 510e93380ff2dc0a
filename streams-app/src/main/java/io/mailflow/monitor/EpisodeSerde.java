package io.mailflow.monitor;

import io.mailflow.alerting.Episode;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Resolution;
import io.mailflow.schema.Severity;
import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.serde.BinarySerde;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** Episodes in the binary form. Enums go by name, so that their order may change. */
final class EpisodeSerde {

    static final Serde<Episode> SERDE = BinarySerde.of(1, EpisodeSerde::write, EpisodeSerde::read);

    private EpisodeSerde() {}

    private static void write(BinaryOutput out, Episode episode) {
        out.text(episode.id())
                .unsigned(episode.sequence())
                .text(episode.tenant())
                .text(episode.connector())
                .text(episode.code())
                .text(episode.state().name())
                .text(episode.severity().name())
                .list(episode.reasons(), (o, reason) -> o.text(reason.name()));
        instant(out, episode.since());
        instant(out, episode.openedAt());
        instant(out, episode.publishedAt());
        out.unsigned(episode.repeats())
                .optionalText(episode.cause())
                .text(episode.owner().name())
                .list(episode.lastHeld().entrySet(), (o, held) -> {
                    o.text(held.getKey().name());
                    instant(o, held.getValue());
                });
        optionalInstant(out, episode.lastFailure());
        optionalInstant(out, episode.quietSince());
        out.flag(episode.provisional());
        optionalInstant(out, episode.resolvedAt());
        out.optionalText(
                episode.resolution() == null ? null : episode.resolution().name());
    }

    private static Episode read(BinaryInput in) {
        String id = in.text();
        int sequence = (int) in.unsigned();
        String tenant = in.text();
        String connector = in.text();
        String code = in.text();
        AlertState state = AlertState.valueOf(in.text());
        Severity severity = Severity.valueOf(in.text());
        List<Reason> reasons = in.list(i -> Reason.valueOf(i.text()));
        Instant since = instant(in);
        Instant openedAt = instant(in);
        Instant publishedAt = instant(in);
        int repeats = (int) in.unsigned();
        String cause = in.optionalText();
        Owner owner = Owner.valueOf(in.text());
        SortedMap<Reason, Instant> lastHeld = new TreeMap<>();
        in.list(i -> Map.entry(Reason.valueOf(i.text()), instant(i)))
                .forEach(held -> lastHeld.put(held.getKey(), held.getValue()));
        Instant lastFailure = optionalInstant(in);
        Instant quietSince = optionalInstant(in);
        boolean provisional = in.flag();
        Instant resolvedAt = optionalInstant(in);
        String resolution = in.optionalText();
        return new Episode(
                id,
                sequence,
                tenant,
                connector,
                code,
                state,
                severity,
                reasons,
                since,
                openedAt,
                publishedAt,
                repeats,
                cause,
                owner,
                lastHeld,
                lastFailure,
                quietSince,
                provisional,
                resolvedAt,
                resolution == null ? null : Resolution.valueOf(resolution));
    }

    /** Event time has milliseconds; nothing finer exists in the program. */
    private static void instant(BinaryOutput out, Instant instant) {
        out.signed(instant.toEpochMilli());
    }

    private static Instant instant(BinaryInput in) {
        return Instant.ofEpochMilli(in.signed());
    }

    private static void optionalInstant(BinaryOutput out, @Nullable Instant instant) {
        out.flag(instant != null);
        if (instant != null) {
            instant(out, instant);
        }
    }

    private static @Nullable Instant optionalInstant(BinaryInput in) {
        return in.flag() ? instant(in) : null;
    }
}
