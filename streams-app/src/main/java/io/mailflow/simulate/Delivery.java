package io.mailflow.simulate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recipients of a message that go to one site: they are tried, deferred and given up together. */
final class Delivery {

    final World.Lane lane;
    final Mail mail;
    final Site site;
    final List<String> recipients;

    /** Failed attempts so far. */
    int failures;

    /** When the server gives up; null until the first deferral. */
    @Nullable
    Instant expires;

    /** What the latest attempt ran into. */
    @Nullable
    Fault fault;

    /** When the next attempt is due; null before the first. */
    @Nullable
    Instant due;

    /** The plan in force; a planned attempt of an older plan is not made. */
    int plan;

    Delivery(World.Lane lane, Mail mail, Site site, List<String> recipients) {
        this.lane = lane;
        this.mail = mail;
        this.site = site;
        this.recipients = List.copyOf(recipients);
    }

    /** The way it goes. */
    Route route() {
        return lane.route();
    }
}
