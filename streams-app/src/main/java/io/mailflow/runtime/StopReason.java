package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import io.mailflow.serde.OtherFormException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/** Says in a sentence why the stream stopped, and in another what to do. */
final class StopReason {

    private StopReason() {}

    /** Of a stream on somebody's cluster. */
    static String sentence(Throwable failure, KafkaSettings kafka) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSourceTopicException) {
                return "The stream stopped because its topics are missing at " + kafka.bootstrapServers()
                        + "; create them with: mailflow topics create --bootstrap-servers "
                        + kafka.bootstrapServers();
            }
        }
        if (OtherFormException.isBehind(failure)) {
            return "The stream stopped because another version of this program wrote its state in " + kafka.stateDir()
                    + " and on the cluster (" + root(failure) + "). Empty it as docs/operations.md says under Reset;"
                    + " events are read again, and nobody is paged twice.";
        }
        return "The stream stopped: " + root(failure)
                + ". Nothing that was written to Kafka is lost: start it again with the same command, and it goes on"
                + " from there. If it stops again at once, --debug shows where.";
    }

    /** Of a stream with a broker of its own, whose owner knows what to do. */
    static String embedded(Throwable failure) {
        return OtherFormException.isBehind(failure)
                ? "Another version of this program wrote the data (" + root(failure) + ")."
                : "The stream stopped: " + root(failure) + ".";
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message =
                root.getMessage() == null ? root.toString() : root.getMessage().strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
