package io.mailflow.runtime;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says in one sentence why a cluster cannot be used, and what to look at. */
final class BrokerFailure {

    private BrokerFailure() {}

    static BrokerUnavailableException explain(String bootstrapServers, Throwable failure) {
        Throwable cause = failure;
        // Clients wrap what they met: a wrong host name arrives as "Failed to create new client".
        while (cause.getCause() != null && !known(cause)) {
            cause = cause.getCause();
        }
        return new BrokerUnavailableException(sentence(bootstrapServers, cause), failure);
    }

    private static boolean known(Throwable cause) {
        return cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof InvalidReplicationFactorException
                || cause instanceof TimeoutException
                || cause instanceof ConfigException;
    }

    private static String sentence(String servers, Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "No Kafka broker answers at " + servers
                    + " in time: is it running, is the address right, and does it need security settings in"
                    + " kafka.properties? If it is only busy, try again.";
        }
        if (cause instanceof AuthenticationException) {
            return "The Kafka broker at " + servers + " does not accept the credentials: " + cause.getMessage()
                    + " (check the security settings in kafka.properties)";
        }
        if (cause instanceof AuthorizationException) {
            return "The Kafka broker at " + servers + " does not allow this: " + cause.getMessage()
                    + " (give the user of kafka.properties the right to do it)";
        }
        if (cause instanceof InvalidReplicationFactorException) {
            return "The Kafka cluster at " + servers + " has too few brokers for kafka.replication-factor: "
                    + cause.getMessage();
        }
        if (cause instanceof ConfigException) {
            return "The Kafka client cannot use its settings (kafka.bootstrap-servers is " + servers + "): "
                    + cause.getMessage();
        }
        return "The Kafka cluster at " + servers + " cannot be used: "
                + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
