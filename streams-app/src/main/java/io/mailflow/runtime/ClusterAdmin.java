package io.mailflow.runtime;

import io.mailflow.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Asks a cluster about itself, and tells in one sentence why it cannot be asked. */
final class ClusterAdmin {

    /** How long a broker may take to answer before it counts as not there. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(12);

    private ClusterAdmin() {}

    /** What to do with an admin client. */
    interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    /** @throws BrokerUnavailableException if no broker answers within {@link #ANSWER_WITHIN} or it refuses */
    static <T> T ask(KafkaSettings settings, Question<T> question) {
        try (Admin admin = Admin.create(properties(settings))) {
            return question.ask(admin);
        } catch (ExecutionException e) {
            throw BrokerFailure.explain(settings.bootstrapServers(), e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw BrokerFailure.explain(settings.bootstrapServers(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private static Map<String, Object> properties(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis() / 2);
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
