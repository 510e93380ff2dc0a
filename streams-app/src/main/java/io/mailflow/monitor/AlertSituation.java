package io.mailflow.monitor;

import io.mailflow.alerting.ConnectorView;
import io.mailflow.alerting.Samples;
import io.mailflow.alerting.Traffic;
import io.mailflow.catalogue.Clue;
import io.mailflow.catalogue.Situation;
import io.mailflow.reply.CertificateNames;
import io.mailflow.schema.ConnectorEntry;
import io.mailflow.schema.ConnectorSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an alert knows of its failure when it is published, in the words of the catalogue. */
final class AlertSituation {

    /** So long after the first failure it still tells something how the failures began. */
    private static final Duration BEGINNING = Duration.ofHours(3);

    /** From such a share of failures on nothing gets through any more. */
    private static final double NEARLY_ALL = 0.9;

    private AlertSituation() {}

    /**
     * Completes what decides with what only fills texts and orders causes.
     *
     * @param since the first failure of the episode
     */
    static Situation of(
            Situation deciding, ConnectorView view, Samples samples, Optional<ConnectorEntry> entry, Instant since) {
        return deciding.withClues(clues(view, deciding.code(), since))
                .on(
                        view.connector().equals(ConnectorSource.UNKNOWN_CONNECTOR) ? null : view.connector(),
                        view.relation(),
                        entry.map(ConnectorEntry::platform).orElse(null),
                        entry.flatMap(AlertSituation::domain).orElse(null))
                .with(
                        samples.messageIds().stream().findFirst().orElse(null),
                        Optional.ofNullable(samples.lastError())
                                .map(CertificateNames::in)
                                .orElse(CertificateNames.NONE));
    }

    /** What the counts tell: how much fails, since when, and what else. */
    static Set<Clue> clues(ConnectorView view, String code, Instant since) {
        Set<Clue> clues = EnumSet.noneOf(Clue.class);
        Traffic hour = view.lastHour();
        Traffic now = view.lastThreeWindows().failed() > 0 ? view.lastThreeWindows() : hour;
        if (now.failed() > 0) {
            clues.add(now.delivered() == 0 ? Clue.ALL_DESTINATIONS : Clue.ONE_DESTINATION);
        }
        if (hour.failed() > hour.failedWith(code)) {
            clues.add(Clue.OTHER_CODES);
        }
        if (now.failed() > 0 && !since.isBefore(view.at().minus(BEGINNING))) {
            double share = (double) now.failed() / (now.failed() + now.delivered());
            clues.add(share >= NEARLY_ALL ? Clue.SUDDEN : Clue.CREEPING);
        }
        return clues;
    }

    private static Optional<String> domain(ConnectorEntry entry) {
        return entry.recipientDomains().stream()
                .filter(domain -> !domain.contains("*"))
                .findFirst();
    }
}
