package io.mailflow.config;

/**
 * Everything {@code mailflow.yaml} can say.
 *
 * @param kafka the cluster
 * @param time event time, lateness, lifetimes
 * @param alerts thresholds and life cycle
 * @param route on-call
 */
public record MailflowConfig(KafkaSettings kafka, TimeSettings time, AlertSettings alerts, RouteSettings route) {

    /** What holds without a file. */
    public static final MailflowConfig DEFAULT = new MailflowConfig(
            KafkaSettings.DEFAULT, TimeSettings.DEFAULT, AlertSettings.DEFAULT, RouteSettings.DEFAULT);

    /** The same configuration on other brokers or state directory. */
    public MailflowConfig withKafka(KafkaSettings other) {
        return new MailflowConfig(other, time, alerts, route);
    }

    /** The same configuration with other times. */
    public MailflowConfig withTime(TimeSettings other) {
        return new MailflowConfig(kafka, other, alerts, route);
    }

    /** The same configuration with another way to on-call. */
    public MailflowConfig withRoute(RouteSettings other) {
        return new MailflowConfig(kafka, time, alerts, other);
    }
}
