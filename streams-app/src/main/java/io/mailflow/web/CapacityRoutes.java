package io.mailflow.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.mailflow.readmodel.CapacityQuestions;
import io.mailflow.readmodel.CapacityRow;
import io.mailflow.readmodel.Period;
import io.mailflow.readmodel.ReadModel;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/capacity}, as JSON or CSV. */
final class CapacityRoutes {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ReadModel model;
    private final CapacityQuestions questions;
    private final Answers answers;

    CapacityRoutes(ReadModel model, Answers answers) {
        this.model = model;
        this.questions = new CapacityQuestions(model);
        this.answers = answers;
    }

    private record Capacity(Duration size, Instant from, Instant to, List<CapacityRow> rows) {}

    private enum Format {
        JSON,
        CSV
    }

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/api/v1/capacity", this::capacity, Role.READER);
    }

    private void capacity(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "size", "from", "to", "tenant", "connector", "by", "format");
        String accept = Objects.requireNonNullElse(ctx.header("Accept"), "");
        Format format = parameters.oneOf(
                "format",
                Map.of("json", Format.JSON, "csv", Format.CSV),
                accept.startsWith("text/csv") ? Format.CSV : Format.JSON);
        CapacityQuestions.By by = parameters.oneOf(
                "by",
                Map.of("connector", CapacityQuestions.By.CONNECTOR, "code", CapacityQuestions.By.CODE),
                CapacityQuestions.By.CONNECTOR);
        answers.demandData();
        Period period = PeriodParameters.read(parameters, model.asOf(), HOUR, HOUR, Duration.ofDays(1));
        String tenant = parameters.text("tenant");
        List<String> connectors = parameters.texts("connector");
        ctx.header("Vary", "Accept");
        if (format == Format.CSV) {
            ctx.header("Content-Disposition", "attachment; filename=\"mailflow-capacity.csv\"");
            ctx.contentType("text/csv; charset=utf-8").result(csv(rows(period, by, tenant, connectors)));
        } else {
            answers.data(
                    ctx,
                    () -> new Capacity(
                            period.size(), period.from(), period.to(), rows(period, by, tenant, connectors)));
        }
    }

    private List<CapacityRow> rows(
            Period period, CapacityQuestions.By by, @Nullable String tenant, List<String> connectors) {
        List<CapacityRow> rows = questions.rows(period, by, tenant, connectors);
        if (rows.size() > CapacityQuestions.MOST_ROWS) {
            throw ProblemException.parameter(
                    "from",
                    period.from().toString(),
                    "a shorter period, larger windows or fewer connectors: there are more than "
                            + CapacityQuestions.MOST_ROWS + " rows");
        }
        return rows;
    }

    private static String csv(List<CapacityRow> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(
                    "tenant",
                    "connector",
                    "start",
                    "code",
                    "delivered",
                    "failed",
                    "failingShare",
                    "messages",
                    "recipients",
                    "final");
            for (CapacityRow row : rows) {
                csv.writeRecord(
                        inert(row.tenant()),
                        inert(row.connector()),
                        row.start().toString(),
                        orEmpty(row.code()),
                        Long.toString(row.delivered()),
                        Long.toString(row.failed()),
                        orEmpty(row.failingShare()),
                        Long.toString(row.messages()),
                        Long.toString(row.recipients()),
                        Boolean.toString(row.isFinal()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** A name that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises. */
    private static String inert(String name) {
        return !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }
}
