package io.mailflow.config;

/**
 * Everything {@code mailflow.yaml} can say.
 *
 * @param kafka the cluster
 * @param time event time, lateness, lifetimes
 * @param alerts thresholds and life cycle
 * @param catalogue what alerts advise, and in which language
 * @param web page, API and metrics
 * @param route on-call
 */
public record MailflowConfig(
        KafkaSettings kafka,
        TimeSettings time,
        AlertSettings alerts,
        CatalogueSettings catalogue,
        WebSettings web,
        RouteSettings route) {

    /** What holds without a file. */
    public static final MailflowConfig DEFAULT = new MailflowConfig(
            KafkaSettings.DEFAULT,
            TimeSettings.DEFAULT,
            AlertSettings.DEFAULT,
            CatalogueSettings.DEFAULT,
            WebSettings.DEFAULT,
            RouteSettings.DEFAULT);

    /** The same configuration on other brokers or state directory. */
    public MailflowConfig withKafka(KafkaSettings other) {
        return new MailflowConfig(other, time, alerts, catalogue, web, route);
    }

    /** The same configuration with other times. */
    public MailflowConfig withTime(TimeSettings other) {
        return new MailflowConfig(kafka, other, alerts, catalogue, web, route);
    }

    /** The same configuration with other thresholds. */
    public MailflowConfig withAlerts(AlertSettings other) {
        return new MailflowConfig(kafka, time, other, catalogue, web, route);
    }

    /** The same configuration with another catalogue. */
    public MailflowConfig withCatalogue(CatalogueSettings other) {
        return new MailflowConfig(kafka, time, alerts, other, web, route);
    }

    /** The same configuration with another page and API. */
    public MailflowConfig withWeb(WebSettings other) {
        return new MailflowConfig(kafka, time, alerts, catalogue, other, route);
    }

    /** The same configuration with another way to on-call. */
    public MailflowConfig withRoute(RouteSettings other) {
        return new MailflowConfig(kafka, time, alerts, catalogue, web, other);
    }
}
