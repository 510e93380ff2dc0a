package io.mailflow.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailflow.config.KafkaSettings;
import io.mailflow.monitor.OutputKeys;
import io.mailflow.naming.Topics;
import io.mailflow.runtime.EmbeddedBroker;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Severity;
import io.mailflow.serde.JsonSerde;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What on-call gets: alerts on a real broker's topics, a real Alertmanager, and somebody who counts the calls. */
@Timeout(300)
class PagingIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private KafkaProducer<String, Alert> producer;
    private OnCall onCall;
    private Alertmanager alertmanager;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"));
        KafkaSettings kafka = KafkaSettings.DEFAULT.withBootstrapServers(broker.bootstrapServers());
        TopicProvisioner.provision(kafka, Topics.all(kafka));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                JsonSerde.of(Alert.class).serializer());
        onCall = new OnCall();
        alertmanager = new Alertmanager(directory.resolve("alertmanager"), onCall.address());
    }

    @AfterEach
    void stop() {
        alertmanager.close();
        onCall.close();
        producer.close();
        broker.close();
    }

    @Test
    void shouldPageOnceForAnOutageOverThreeConnectorsOnceMoreForItsEscalationAndOnceMoreForItsEnd() throws Exception {
        Alerts headOffice = Alerts.on("To head office", "mail.contoso.example");
        Alerts backup = Alerts.on("To head office (backup)", "mail.contoso.example");
        Alerts archive = Alerts.on("To the archive", "mail.contoso.example");
        alertmanager.start();
        try (Router router = router()) {
            publish(headOffice.open(Severity.HIGH), backup.open(Severity.WARNING), archive.open(Severity.HIGH));
            eventually(() -> assertThat(onCall.pages()).containsExactly("To head office: firing high"));
            alertmanager.awaitRepetitions();
            assertThat(onCall.pages()).hasSize(1);

            publish(backup.escalate(Severity.CRITICAL));
            eventually(() -> assertThat(onCall.pages())
                    .containsExactly("To head office: firing high", "To head office: firing critical, resolved high"));
            assertThat(alertmanager.firing()).containsExactly("To head office critical");

            publish(headOffice.resolve(), archive.resolve());
            alertmanager.awaitRepetitions();
            assertThat(onCall.pages()).as("one of three still fails").hasSize(2);

            publish(backup.resolve());
            eventually(() -> assertThat(onCall.pages())
                    .hasSize(3)
                    .last()
                    .asString()
                    .isEqualTo("To head office: resolved critical"));
            assertThat(alertmanager.firing()).isEmpty();
            assertThat(router.counts().refused()).isZero();
        }
    }

    @Test
    void shouldPageNobodyTwiceWhenTheRouterIsKilledAndStartedAgain() throws Exception {
        Alerts alert = Alerts.on("To head office", "mail.contoso.example");
        alertmanager.start();
        try (RouterProcess first = RouterProcess.start(
                broker.bootstrapServers(), alertmanager.address(), directory.resolve("first.log"))) {
            publish(alert.open(Severity.HIGH));
            eventually(() -> assertThat(onCall.pages()).containsExactly("To head office: firing high"));
            first.kill();
        }
        try (Router second = router()) {
            eventually(() -> assertThat(second.counts().accepted()).isPositive());
            publish(alert.again(Publication.OPENED));
            alertmanager.awaitRepetitions();
            assertThat(onCall.pages()).hasSize(1);

            publish(alert.resolve());
            eventually(() -> assertThat(onCall.pages())
                    .containsExactly("To head office: firing high", "To head office: resolved high"));
        }
    }

    @Test
    void shouldLoseNothingAndDoubleNothingWhileAlertmanagerIsDown() throws Exception {
        Alerts before = Alerts.on("To head office", "mail.contoso.example");
        Alerts during = Alerts.on("Partner Fabrikam", "mx.fabrikam.example");
        alertmanager.start();
        try (Router router = router()) {
            publish(before.open(Severity.HIGH));
            eventually(() -> assertThat(onCall.pages()).containsExactly("To head office: firing high"));

            alertmanager.stop();
            publish(during.open(Severity.CRITICAL));
            eventually(() -> assertThat(router.counts().unreachable()).isPositive());
            eventually(() -> assertThat(router.counts().openIncidents()).isEqualTo(2));

            alertmanager.start();
            eventually(() -> assertThat(onCall.pages())
                    .containsExactly("To head office: firing high", "Partner Fabrikam: firing critical"));
            alertmanager.awaitRepetitions();
            assertThat(onCall.pages()).hasSize(2);

            alertmanager.stop();
            publish(before.resolve(), during.resolve());
            eventually(() -> assertThat(router.counts().openIncidents()).isZero());
            alertmanager.start();
            eventually(() -> assertThat(onCall.pages())
                    .hasSize(4)
                    .contains("To head office: resolved high", "Partner Fabrikam: resolved critical"));
        }
    }

    @Test
    void shouldPageNobodyForWhatIsNotPageableUntilItBecomesCurrent() throws Exception {
        Alerts history = Alerts.on("To head office", "mail.contoso.example").notPageable();
        Alerts live = Alerts.on("Partner Fabrikam", "mx.fabrikam.example");
        alertmanager.start();
        try (Router router = router()) {
            publish(history.open(Severity.HIGH), history.escalate(Severity.CRITICAL), live.open(Severity.HIGH));
            eventually(() -> assertThat(onCall.pages()).containsExactly("Partner Fabrikam: firing high"));
            alertmanager.awaitRepetitions();
            assertThat(onCall.pages()).hasSize(1);
            assertThat(router.counts().openIncidents()).isEqualTo(2);

            publish(history.becomeCurrent());
            eventually(() -> assertThat(onCall.pages())
                    .containsExactly("Partner Fabrikam: firing high", "To head office: firing critical"));
        }
    }

    @Test
    void shouldPageNobodyForWhatWasOverBeforeItReadTheEnd() throws Exception {
        Alerts over = Alerts.on("To head office", "mail.contoso.example");
        Alerts filler = Alerts.on("Internet mail", "").notPageable();
        publish(over.open(Severity.CRITICAL));
        publish(filler.open(Severity.WARNING));
        // More than one poll brings.
        for (int i = 0; i < 600; i++) {
            publish(filler.escalate(Severity.WARNING));
        }
        publish(over.resolve());
        publish(Alerts.on("Partner Fabrikam", "mx.fabrikam.example").open(Severity.HIGH));
        alertmanager.start();
        try (Router router = router()) {
            eventually(() -> assertThat(onCall.pages()).contains("Partner Fabrikam: firing high"));
            alertmanager.awaitRepetitions();
            assertThat(onCall.pages()).hasSize(1);
            assertThat(router.counts().openIncidents()).isEqualTo(2);
        }
    }

    @Test
    void shouldRouteInOneInstanceAndGoOnInAnotherWhenThatOneStops() throws Exception {
        Alerts alert = Alerts.on("To head office", "mail.contoso.example");
        alertmanager.start();
        try (Router one = router();
                Router other = router()) {
            publish(alert.open(Severity.HIGH));
            eventually(() -> assertThat(onCall.pages()).containsExactly("To head office: firing high"));
            alertmanager.awaitRepetitions();
            assertThat(one.counts().active() + other.counts().active()).isEqualTo(1);
            assertThat(one.counts().failures() + other.counts().failures())
                    .as("nobody was shut out while working")
                    .isZero();
            Router active = one.counts().active() == 1 ? one : other;
            Router waiting = active == one ? other : one;
            assertThat(waiting.counts().accepted()).isZero();

            active.close();
            eventually(() -> assertThat(waiting.counts().active()).isEqualTo(1));
            publish(alert.resolve());
            eventually(() -> assertThat(onCall.pages())
                    .containsExactly("To head office: firing high", "To head office: resolved high"));
        }
    }

    @Test
    void shouldTellWhatIsWrongAndWhatToDo() throws Exception {
        alertmanager.start();
        try (Router router = router()) {
            publish(Alerts.on("To head office", "mail.contoso.example").open(Severity.HIGH));
            eventually(() -> assertThat(onCall.pages()).hasSize(1));
            assertThat(router.counts().active()).isEqualTo(1);
        }
        JsonNode alert = onCall.alert(0);
        assertThat(alert.get("labels").properties())
                .extracting(label -> label.getKey() + "=" + label.getValue().asText())
                .containsExactlyInAnyOrder(
                        "alertname=MailFlowIncident",
                        "tenant=northwind",
                        "connector=To head office",
                        "code=450 4.4.316",
                        "severity=high",
                        "incident=" + Alerts.on("To head office", "").id(),
                        "owner=mail-team");
        assertThat(alert.at("/annotations/summary").asText())
                .isEqualTo("To head office: The server refuses connections (450 4.4.316); 412 recipients queued;"
                        + " the next expires 2026-01-06 08:02 UTC");
        assertThat(alert.at("/annotations/remediation").asText())
                .contains("1. See whether the port answers.", "nc -vz mail.contoso.example 25", "Verify: ");
        assertThat(alert.at("/annotations/deadline").asText()).isEqualTo("2026-01-06T08:02:00Z");
        assertThat(alert.at("/annotations/runbook_url").asText())
                .isEqualTo("https://wiki.contoso.example/mail/connection-refused");
        assertThat(alert.at("/annotations/page_url").asText()).startsWith("https://mailflow.contoso.example/");
    }

    private Router router() {
        return RouterProcess.router(broker.bootstrapServers(), alertmanager.address());
    }

    private void publish(Alert... alerts) throws ExecutionException, InterruptedException {
        for (Alert alert : alerts) {
            producer.send(new ProducerRecord<>(Topics.ALERTS, OutputKeys.of(alert), alert))
                    .get();
            producer.send(new ProducerRecord<>(Topics.ALERT_STATE, OutputKeys.of(alert), alert))
                    .get();
        }
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(SOON).untilAsserted(assertion);
    }
}
