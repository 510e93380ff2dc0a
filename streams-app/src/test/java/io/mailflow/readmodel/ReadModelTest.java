package io.mailflow.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.naming.Topics;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.ConnectorHealth;
import io.mailflow.schema.Publication;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadModelTest {

    private static final ConnectorId HEAD_OFFICE = new ConnectorId(Records.TENANT, Records.HEAD_OFFICE);
    private static final Period DAY = new Period(
            Duration.ofMinutes(5), Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-06T00:00:00Z"));

    @TempDir
    Path folder;

    private ReadModel model;

    @BeforeEach
    void open() {
        model = ReadModel.open(folder);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void shouldListConnectorsByUrgencyAndPageThroughThem() {
        Records.ofADay().into(model);
        ConnectorQuestions questions = new ConnectorQuestions(model);

        Overview first = questions.overview(ConnectorFilter.ALL, 3, null);
        Overview second = questions.overview(ConnectorFilter.ALL, 3, first.next());

        assertThat(first.items())
                .extracting(ConnectorLine::state)
                .containsExactly(ConnectorState.DOWN, ConnectorState.QUEUED, ConnectorState.CLEAR);
        assertThat(second.items()).extracting(ConnectorLine::state).containsExactly(ConnectorState.UNSEEN);
        assertThat(second.next()).isNull();
        assertThat(first.summary().connectors()).isEqualTo(4);
        assertThat(first.summary().queuedRecipients()).isEqualTo(17);
        assertThat(first.tenants()).containsExactly("fabrikam", "northwind");
        assertThat(first.asOf()).isEqualTo("2026-01-05T08:15:00Z");
        ConnectorLine worst = first.items().get(0);
        assertThat(worst.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(worst.codes()).containsExactly("450 4.4.316", "550 5.1.1");
        // The hour reaches from 07:20 to 08:20: the window of 07:15 is out.
        assertThat(worst.lastHour()).isEqualTo(new ConnectorLine.LastHour(9, 32, 32.0 / 41));
        assertThat(worst.trend().delivered()).hasSize(24).endsWith(9L, 0L).contains(91L, 77L);
    }

    @Test
    void shouldFilterConnectors() {
        Records.ofADay().into(model);

        assertThat(names(new ConnectorFilter("fabrikam", Set.of(), null, null))).containsExactly(Records.HOSTILE);
        assertThat(names(new ConnectorFilter(null, Set.of(ConnectorState.CLEAR), null, null)))
                .containsExactly("Quiet");
        assertThat(names(new ConnectorFilter(null, Set.of(), "450 4.4.316", null)))
                .containsExactly(Records.HEAD_OFFICE);
        assertThat(names(new ConnectorFilter(null, Set.of(), null, "HEAD OFF"))).containsExactly(Records.HEAD_OFFICE);
        assertThat(names(new ConnectorFilter(null, Set.of(), null, "' OR 1=1"))).isEmpty();
    }

    private List<String> names(ConnectorFilter filter) {
        return new ConnectorQuestions(model)
                .overview(filter, 10, null).items().stream()
                        .map(ConnectorLine::connector)
                        .toList();
    }

    @Test
    void shouldTellWindowsWithTheirCodes() {
        Records.ofADay().into(model);

        WindowSeries series = here(new ConnectorQuestions(model).windows(HEAD_OFFICE, DAY));

        assertThat(series.windows()).hasSize(3);
        WindowSeries.Window last = series.windows().get(2);
        assertThat(last.failed()).isEqualTo(32);
        assertThat(last.codes()).extracting(WindowSeries.CodeCount::code).containsExactly("450 4.4.316", "550 5.1.1");
    }

    @Test
    void shouldSplitTheQueueIntoHours() {
        Records.ofADay().into(model);

        QueueProfile profile = here(new ConnectorQuestions(model).queue(HEAD_OFFICE));

        assertThat(profile.recipients()).isEqualTo(12);
        assertThat(profile.deadlines())
                .containsExactly(new ConnectorHealth.Deadlines(
                        Instant.parse("2026-01-06T08:00:00Z"), Instant.parse("2026-01-06T09:00:00Z"), 12));
        assertThat(profile.byCode())
                .singleElement()
                .extracting(QueueProfile.CodeProfile::code)
                .isEqualTo("450 4.4.316");
    }

    @Test
    void shouldDropPublicationsItHasSeen() {
        Records.ofADay().into(model);
        ReadModelState before = ReadModelState.of(model);

        Records again = new Records();
        again.alert(Records.alert().put("sequence", 1).put("severity", "warning"));
        again.alert(Records.alert());
        Changes changes = again.into(model);

        assertThat(changes.alerts()).isEmpty();
        assertThat(ReadModelState.of(model)).isEqualTo(before);
    }

    @Test
    void shouldReplaceAProvisionalPublicationUnderItsNumber() {
        Records records = new Records();
        records.alert(Records.alert().put("provisional", true));
        records.alert(Records.alert().put("provisional", false).put("severity", "high"));
        records.into(model);

        AlertLife life = here(new AlertQuestions(model).life(Records.OPEN_ALERT));

        assertThat(life.alert().severity()).isEqualTo(Severity.HIGH);
        assertThat(life.life()).hasSize(1);
    }

    @Test
    void shouldTakeBackWhatSilenceHadRaisedAlsoUnderASmallerNumber() {
        Records records = Records.ofADay();
        records.alert(raisedBySilence());
        records.alert(Records.alert().put("publication", "corrected"));
        records.into(model);

        AlertLife life = here(new AlertQuestions(model).life(Records.OPEN_ALERT));
        assertThat(life.alert().sequence()).isEqualTo(2);
        assertThat(life.alert().provisional()).isFalse();
        assertThat(life.life()).extracting(AlertLife.Step::sequence).containsExactly(1, 2, 3, 2);

        Records later = new Records();
        later.alert(Records.alert().put("sequence", 3).put("publication", "repeated"));
        later.into(model);

        assertThat(here(new AlertQuestions(model).life(Records.OPEN_ALERT)).life())
                .as("progress says under number 3 what it has to say")
                .extracting(AlertLife.Step::publication)
                .containsExactly(
                        Publication.OPENED, Publication.ESCALATED, Publication.CORRECTED, Publication.REPEATED);
    }

    @Test
    void shouldShowThatAnAlertBecameCurrentUnderTheNumberItHas() {
        Records records = Records.ofADay();
        ObjectNode current =
                Records.alert().put("publication", "became-current").put("pageable", true);
        records.alert(current);
        records.into(model);
        Records again = new Records();
        again.alert(current);

        assertThat(again.into(model).alerts()).isEmpty();
        AlertLife life = here(new AlertQuestions(model).life(Records.OPEN_ALERT));
        assertThat(life.alert().publication()).isEqualTo(Publication.BECAME_CURRENT);
        assertThat(life.life()).extracting(AlertLife.Step::sequence).containsExactly(1, 2, 2);
    }

    /** The two topics are read side by side, in no order that anybody promises. */
    @Test
    void shouldEndTheSameWhicheverTopicIsAhead() {
        List<ObjectNode> published = List.of(
                Records.alert().put("sequence", 1).put("publication", "opened"),
                Records.alert(),
                raisedBySilence(),
                Records.alert().put("publication", "corrected"));
        Records stateFirst = new Records();
        stateFirst.put(Topics.ALERT_STATE, "key", published.get(3));
        published.forEach(alert -> stateFirst.put(Topics.ALERTS, "key", alert));
        Records stateLast = new Records();
        published.forEach(alert -> stateLast.put(Topics.ALERTS, "key", alert));
        published.forEach(alert -> stateLast.put(Topics.ALERT_STATE, "key", alert));
        stateLast.into(model);

        assertThat(ReadModelState.of(model)).isEqualTo(ReadModelState.of(stateFirst, folder.resolve("other")));
    }

    @Test
    void shouldTellAnAlertWhosePublicationsAreNotKeptAnyMore() {
        Records records = new Records();
        records.put(Topics.ALERT_STATE, "key", Records.alert());
        records.into(model);

        assertThat(here(new AlertQuestions(model).life(Records.OPEN_ALERT)).life())
                .extracting(AlertLife.Step::sequence)
                .containsExactly(2);
    }

    private static ObjectNode raisedBySilence() {
        return Records.alert()
                .put("sequence", 3)
                .put("publication", "escalated")
                .put("provisional", true)
                .put("changedAt", "2026-01-05T08:40:00Z");
    }

    @Test
    void shouldGroupAlertsIntoIncidentsUnderTheTitleOfTheGravestThatIsOpen() {
        Records.ofADay().into(model);
        IncidentQuestions questions = new IncidentQuestions(model);
        Records more = new Records();
        more.incident(Records.sample("incident.small"));

        Changes changes = more.into(model);

        assertThat(changes.incidents()).containsExactly("9f2a41c07de85b3316c4f0a2d9e8b751");
        IncidentPage first = questions.page(null, null, 1, null, Remediation::title);
        IncidentLine incident = first.items().get(0);
        assertThat(incident.id()).isEqualTo(Records.OPEN_ALERT);
        assertThat(incident.title()).startsWith("Connection refused by");
        assertThat(incident.alerts()).containsExactly(Records.OPEN_ALERT, Records.RESOLVED_ALERT);
        assertThat(incident.destinations()).containsExactly("mx1.contoso.example", "203.0.113.25");
        assertThat(questions
                        .page(null, null, 1, first.next(), Remediation::title)
                        .items())
                .as("an alert that nobody has read of")
                .extracting(IncidentLine::title)
                .containsExactly("none");
        assertThat(here(new AlertQuestions(model).life(Records.RESOLVED_ALERT)).incident())
                .isEqualTo(Records.OPEN_ALERT);
        assertThat(questions
                        .page("fabrikam", null, 10, null, Remediation::title)
                        .items())
                .isEmpty();
        assertThat(questions
                        .page(null, AlertState.RESOLVED, 10, null, Remediation::title)
                        .items())
                .isEmpty();
    }

    @Test
    void shouldTellAnIncidentByWhatItWasWhenItIsOver() {
        Records records = Records.ofADay();
        ObjectNode over = Records.incident().put("state", "resolved");
        ((ObjectNode) over.get("episodes").get(0)).put("state", "resolved");
        records.incident(over);
        records.into(model);

        assertThat(new IncidentQuestions(model)
                        .page(null, AlertState.RESOLVED, 10, null, Remediation::title)
                        .items())
                .singleElement()
                .satisfies(incident -> assertThat(incident.title()).startsWith("No such recipient"));

        Records gone = new Records();
        gone.tombstone(Topics.INCIDENTS, Records.TENANT + "/" + Records.OPEN_ALERT);
        gone.into(model);

        assertThat(new IncidentQuestions(model)
                        .page(null, null, 10, null, Remediation::title)
                        .items())
                .isEmpty();
        assertThat(here(new AlertQuestions(model).life(Records.OPEN_ALERT)).incident())
                .isNull();
    }

    @Test
    void shouldTellAlertsNowAndBefore() {
        Records.ofADay().into(model);
        AlertQuestions questions = new AlertQuestions(model);
        AlertFilter january4 = new AlertFilter(
                null,
                null,
                null,
                Set.of(),
                null,
                Instant.parse("2026-01-04T11:00:00Z"),
                Instant.parse("2026-01-05T00:00:00Z"));
        AlertFilter all = new AlertFilter(null, null, null, Set.of(), null, null, null);

        assertThat(questions.gravestFirst(AlertFilter.NOW, 10, null).items())
                .extracting(alert -> alert.id())
                .containsExactly(Records.OPEN_ALERT);
        assertThat(questions.newestFirst(january4, 10, null).items())
                .extracting(alert -> alert.id())
                .containsExactly(Records.RESOLVED_ALERT);
        AlertPage newest = questions.newestFirst(all, 1, null);
        assertThat(newest.total()).isEqualTo(2);
        assertThat(newest.items().get(0).id()).isEqualTo(Records.OPEN_ALERT);
        AlertPage older = questions.newestFirst(all, 1, newest.next());
        assertThat(older.items().get(0).id()).isEqualTo(Records.RESOLVED_ALERT);
        assertThat(older.next()).isNull();
        assertThat(here(questions.life(Records.OPEN_ALERT)).life())
                .extracting(AlertLife.Step::sequence)
                .containsExactly(1, 2);
        assertThatThrownBy(() -> questions.newestFirst(all, 1, "bm9uc2Vuc2U")).isInstanceOf(BadCursorException.class);
    }

    @Test
    void shouldTellGoneFromNeverThere() {
        Records.ofADay().into(model);
        String key = Records.TENANT + "/" + Records.HEAD_OFFICE;
        Records removed = new Records();
        removed.tombstone(Topics.CONNECTORS, key);
        removed.tombstone(Topics.CONNECTOR_HEALTH, key);
        removed.tombstone(Topics.ALERT_STATE, key + "/450 4.4.316");
        removed.into(model);
        ConnectorQuestions questions = new ConnectorQuestions(model);

        assertThat(questions.detail(HEAD_OFFICE)).isInstanceOf(Found.Gone.class);
        assertThat(questions.detail(new ConnectorId("nobody", "nothing"))).isInstanceOf(Found.Unknown.class);
        assertThat(new AlertQuestions(model).life(Records.OPEN_ALERT)).isInstanceOf(Found.Gone.class);
        assertThat(questions.overview(ConnectorFilter.ALL, 10, null).summary().connectors())
                .isEqualTo(3);
    }

    @Test
    void shouldForgetWindowsByTheirSizeAndOldAlerts() {
        Records.ofADay().into(model);
        Records later = new Records();
        later.progress("monitor", "2026-03-01T00:00:00Z");
        later.into(model);

        CapacityQuestions capacity = new CapacityQuestions(model);
        assertThat(here(new ConnectorQuestions(model).windows(HEAD_OFFICE, DAY)).windows())
                .isEmpty();
        assertThat(capacity.rows(year("PT1H"), CapacityQuestions.By.CONNECTOR, null, List.of()))
                .hasSize(1);

        Records muchLater = new Records();
        muchLater.progress("monitor", "2026-06-01T00:00:00Z");
        muchLater.into(model);

        assertThat(capacity.rows(year("PT1H"), CapacityQuestions.By.CONNECTOR, null, List.of()))
                .isEmpty();
        assertThat(capacity.rows(year("PT24H"), CapacityQuestions.By.CONNECTOR, null, List.of()))
                .hasSize(1);
        assertThat(new AlertQuestions(model).life(Records.RESOLVED_ALERT)).isInstanceOf(Found.Gone.class);
        assertThat(new AlertQuestions(model).life(Records.OPEN_ALERT)).isInstanceOf(Found.Here.class);
    }

    private static Period year(String size) {
        return new Period(
                Duration.parse(size), Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void shouldTellThePipelineWithoutAddresses() {
        Records.ofADay().into(model);

        PipelineReport report = new PipelineQuestions(model).report();

        assertThat(report.watermark()).isEqualTo("2026-01-05T08:15:00Z");
        assertThat(report.events().get("notAttempts").asLong()).isEqualTo(830);
        assertThat(report.deadLetters().byReason())
                .containsExactlyInAnyOrder(new Tally("unreadable-row", 1), new Tally("FutureEventException", 1));
        assertThat(report.deadLetters().newest())
                .extracting(PipelineReport.DeadLetter::reason)
                .noneMatch(reason -> reason.contains("@"));
        assertThat(report.lateEvents().newest()).singleElement().satisfies(late -> {
            assertThat(late.lateBySeconds()).isEqualTo(999.5);
            assertThat(late.event()).isEqualTo("defer");
        });
    }

    @Test
    void shouldLeaveOutWhatNobodyCanRead() {
        Records records = new Records();
        records.bytes(Topics.ALERTS, "x", "{not json".getBytes(StandardCharsets.UTF_8));
        records.bytes(Topics.CONNECTOR_HEALTH, "x", "{}".getBytes(StandardCharsets.UTF_8));
        records.tombstone(Topics.CONNECTOR_FAILURES, "only/three/parts");
        records.health(Records.TENANT, "Quiet", 0);
        records.into(model);

        assertThat(names(ConnectorFilter.ALL)).containsExactly("Quiet");
    }

    @Test
    void shouldGoOnWhereItWasCutInTheMiddleOfABatch() throws Exception {
        Records day = Records.ofADay();
        List<ConsumerRecord<String, byte[]>> all = day.all();
        Iterable<ConsumerRecord<String, byte[]>> cut = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ConsumerRecord<String, byte[]> next() {
                if (next == all.size() / 2) {
                    throw new IllegalStateException("cut");
                }
                return all.get(next++);
            }
        };

        assertThatThrownBy(() -> model.take(cut, day.next())).hasMessage("cut");
        assertThat(model.offsets()).isEmpty();
        assertThat(names(ConnectorFilter.ALL)).isEmpty();
        model.close();
        model = ReadModel.open(folder);
        day.into(model);

        assertThat(model.offsets()).isEqualTo(day.next());
        assertThat(ReadModelState.of(model)).isEqualTo(ReadModelState.of(day, folder.resolve("uncut")));
    }

    @Test
    void shouldContinueAfterARestartAndBeTheSameWhenMadeAnew() throws Exception {
        Records day = Records.ofADay();
        day.into(model);
        ReadModelState before = ReadModelState.of(model);
        model.close();

        model = ReadModel.open(folder);
        assertThat(model.offsets()).isEqualTo(day.next());
        assertThat(ReadModelState.of(model)).isEqualTo(before);

        model.clear();
        assertThat(model.offsets()).isEqualTo(Map.<TopicPartition, Long>of());
        assertThat(names(ConnectorFilter.ALL)).isEmpty();
        day.into(model);
        assertThat(ReadModelState.of(model)).isEqualTo(before);
    }

    @Test
    void shouldMakeAFileOfAnotherLayoutAnew() throws Exception {
        Records.ofADay().into(model);
        model.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mailflow.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 999");
        }

        model = ReadModel.open(folder);

        assertThat(model.offsets()).isEmpty();
    }

    @Test
    void shouldSayWhatToDoWithAFileThatIsNoDatabase(@TempDir Path other) throws Exception {
        Files.writeString(other.resolve("mailflow.db"), "no database, and long enough to be looked at".repeat(100));

        assertThatThrownBy(() -> ReadModel.open(other))
                .isInstanceOf(ReadModelException.class)
                .hasMessageContaining("it can be deleted");
    }

    @Test
    void shouldAnswerFromTheStateBeforeWhileABatchIsWritten() throws Exception {
        Records.ofADay().into(model);
        Records more = new Records();
        more.health(Records.TENANT, "Another", 1);
        more.health(Records.TENANT, "Yet another", 1);
        List<Integer> seen = new ArrayList<>();
        Iterable<ConsumerRecord<String, byte[]>> watched = () -> more.all().stream()
                .peek(message -> seen.add(names(ConnectorFilter.ALL).size()))
                .iterator();

        model.take(watched, more.next());

        assertThat(seen).containsExactly(4, 4);
        assertThat(names(ConnectorFilter.ALL)).hasSize(6);
    }

    @Test
    void shouldSumUpTheConnectorsThatAreNotTheMostUrgent() {
        Records.ofADay().into(model);
        MetricQuestions metrics = new MetricQuestions(model);

        Rest rest = metrics.restAfter(1);

        assertThat(rest.connectors()).isEqualTo(3);
        assertThat(rest.recipients()).isEqualTo(5);
        assertThat(metrics.totals().alerts().get(AlertState.OPEN)).containsEntry(Severity.CRITICAL, 1L);
        assertThat(metrics.totals().publications()).contains(new Tally("opened severity-rose connector-down", 1));
    }

    @Test
    void shouldKeepHostileNamesAsTheyAre() {
        Records.ofADay().into(model);

        ConnectorDetail detail =
                here(new ConnectorQuestions(model).detail(new ConnectorId("fabrikam", Records.HOSTILE)));

        assertThat(detail.connector().connector()).isEqualTo(Records.HOSTILE);
        Records gone = new Records();
        gone.tombstone(
                Topics.CONNECTOR_HEALTH,
                "fabrikam/" + Records.HOSTILE.replace("%", "%25").replace("/", "%2F"));
        gone.into(model);
        assertThat(new ConnectorQuestions(model).detail(new ConnectorId("fabrikam", Records.HOSTILE)))
                .isInstanceOf(Found.Gone.class);
    }

    private static <T> T here(Found<T> found) {
        assertThat(found).isInstanceOf(Found.Here.class);
        return ((Found.Here<T>) found).value();
    }
}
