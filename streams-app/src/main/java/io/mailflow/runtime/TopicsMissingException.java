package io.mailflow.runtime;

import java.util.List;

/** The program's topics are not on the cluster. The message says which and how to make them, for the user to read. */
public final class TopicsMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicsMissingException(String bootstrapServers, List<String> topics) {
        super("The Kafka cluster at " + bootstrapServers + " has no "
                + (topics.size() == 1 ? "topic " : "topics ") + String.join(", ", topics)
                + "; create what is missing with: mailflow topics create --bootstrap-servers " + bootstrapServers);
    }
}
