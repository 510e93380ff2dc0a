package io.mailflow.config;

/**
 * Everything {@code mailflow.yaml} can say.
 *
 * @param kafka the cluster
 * @param time event time, lateness, lifetimes
 * @param alerts thresholds and life cycle
 * @param catalogue what alerts advise, and in which language
 * @param route on-call
 */
public record MailflowConfig(
        KafkaSettings kafka,
        TimeSettings time,
        AlertSettings alerts,
        CatalogueSettings catalogue,
        RouteSettings route) {

    /** What holds without a file. */
    public static final MailflowConfig DEFAULT = new MailflowConfig(
            KafkaSettings.DEFAULT,
            TimeSettings.DEFAULT,
            AlertSettings.DEFAULT,
            CatalogueSettings.DEFAULT,
            RouteSettings.DEFAULT);

    /** The same configuration on other brokers or state directory. */
    public MailflowConfig withKafka(KafkaSettings other) {
        return new MailflowConfig(other, time, alerts, catalogue, route);
    }

    /** The same configuration with other times. */
    public MailflowConfig withTime(TimeSettings other) {
        return new MailflowConfig(kafka, other, alerts, catalogue, route);
    }

    /** The same configuration with another catalogue. */
    public MailflowConfig withCatalogue(CatalogueSettings other) {
        return new MailflowConfig(kafka, time, alerts, other, route);
    }

    /** The same configuration with another way to on-call. */
    public MailflowConfig withRoute(RouteSettings other) {
        return new MailflowConfig(kafka, time, alerts, catalogue, other);
    }
}
