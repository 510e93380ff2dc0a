package io.mailflow.config;

/**
 * Everything {@code mailflow.yaml} can say.
 *
 * @param kafka the cluster
 * @param time event time, lateness, lifetimes
 * @param alerts thresholds and life cycle
 * @param web page, API and metrics
 */
public record MailflowConfig(KafkaSettings kafka, TimeSettings time, AlertSettings alerts, WebSettings web) {

    /** What holds without a file. */
    public static final MailflowConfig DEFAULT =
            new MailflowConfig(KafkaSettings.DEFAULT, TimeSettings.DEFAULT, AlertSettings.DEFAULT, WebSettings.DEFAULT);

    /** The same configuration on other brokers or state directory. */
    public MailflowConfig withKafka(KafkaSettings other) {
        return new MailflowConfig(other, time, alerts, web);
    }

    /** The same configuration with other times. */
    public MailflowConfig withTime(TimeSettings other) {
        return new MailflowConfig(kafka, other, alerts, web);
    }

    /** The same configuration with another page and API. */
    public MailflowConfig withWeb(WebSettings other) {
        return new MailflowConfig(kafka, time, alerts, other);
    }
}
