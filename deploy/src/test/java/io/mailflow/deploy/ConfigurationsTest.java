package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.config.ConfigLoader;
import io.mailflow.config.MailflowConfig;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files that are shipped, as the program reads them. */
class ConfigurationsTest {

    @ParameterizedTest
    @ValueSource(strings = {"mailflow.yaml", "compose/mailflow.yaml", "kubernetes/mailflow.yaml"})
    void startTheProgram(String file) {
        Path path = Shipped.DEPLOY.resolve(file);

        MailflowConfig config = ConfigLoader.load(path);

        assertThat(config.kafka().applicationId()).isEqualTo("mailflow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose/mailflow.yaml", "kubernetes/mailflow.yaml"})
    void keepEveryStateTwiceAndEveryTopicThreeTimes(String file) {
        MailflowConfig config = ConfigLoader.load(Shipped.DEPLOY.resolve(file));

        assertThat(config.kafka().replicationFactor()).isEqualTo(3);
        assertThat(config.kafka().standbyReplicas()).isEqualTo(1);
    }
}
