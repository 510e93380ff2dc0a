package io.mailflow.readmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailflow.schema.Accounting;
import io.mailflow.schema.PipelineProgress;
import io.mailflow.serde.Json;
import java.sql.SQLException;
import java.util.List;

/** The pipeline itself. */
public final class PipelineQuestions {

    private static final int NEWEST = 50;

    private final ReadModel model;

    public PipelineQuestions(ReadModel model) {
        this.model = model;
    }

    /** How it is doing. */
    public PipelineReport report() {
        return model.read(sql -> new PipelineReport(
                ProgressRows.complete(sql),
                parts(sql, PipelineProgress.Stage.TRACKER),
                parts(sql, PipelineProgress.Stage.MONITOR),
                events(sql),
                deadLetters(sql),
                lateEvents(sql)));
    }

    private static List<PipelineReport.Part> parts(Sql sql, PipelineProgress.Stage stage) throws SQLException {
        return sql.query(
                "SELECT partition, progress, ended FROM progress WHERE stage = ? ORDER BY partition",
                row -> new PipelineReport.Part(
                        (int) row.count("partition"), row.instant("progress"), row.holds("ended")),
                Words.of(stage));
    }

    /** Field by field, so that a fate that a later version adds is summed up, too. */
    private static JsonNode events(Sql sql) throws SQLException {
        ObjectNode sum = Json.MAPPER.valueToTree(Accounting.NONE);
        List<JsonNode> parts = sql.query(
                "SELECT accounting FROM progress WHERE accounting IS NOT NULL",
                row -> JsonText.read(row.text("accounting"), JsonNode.class));
        for (JsonNode part : parts) {
            part.properties()
                    .forEach(field -> sum.put(
                            field.getKey(),
                            sum.path(field.getKey()).asLong() + field.getValue().asLong()));
        }
        return sum;
    }

    private static PipelineReport.DeadLetters deadLetters(Sql sql) throws SQLException {
        List<Tally> byReason = Tallies.all(sql, Tallies.DEAD_LETTERS);
        return new PipelineReport.DeadLetters(
                total(byReason),
                byReason,
                sql.query(
                        "SELECT at, reason, place FROM dead_letter ORDER BY at DESC, partition, record DESC LIMIT ?",
                        row -> new PipelineReport.DeadLetter(row.instant("at"), row.text("reason"), row.text("place")),
                        NEWEST));
    }

    private static PipelineReport.LateEvents lateEvents(Sql sql) throws SQLException {
        List<Tally> byEffect = Tallies.all(sql, Tallies.LATE_EVENTS);
        return new PipelineReport.LateEvents(
                total(byEffect),
                byEffect,
                sql.query(
                        "SELECT * FROM late_event ORDER BY kept_at DESC, partition, record DESC LIMIT ?",
                        row -> new PipelineReport.Late(
                                row.instant("at"),
                                row.text("tenant"),
                                row.maybeText("connector"),
                                row.text("event"),
                                row.count("late_by") / 1000.0,
                                row.text("effect")),
                        NEWEST));
    }

    private static long total(List<Tally> tallies) {
        return tallies.stream().mapToLong(Tally::count).sum();
    }
}
