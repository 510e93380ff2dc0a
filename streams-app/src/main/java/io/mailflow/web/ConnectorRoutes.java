package io.mailflow.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.mailflow.readmodel.ConnectorDetail;
import io.mailflow.readmodel.ConnectorFilter;
import io.mailflow.readmodel.ConnectorId;
import io.mailflow.readmodel.ConnectorQuestions;
import io.mailflow.readmodel.ConnectorState;
import io.mailflow.readmodel.Period;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.schema.Alert;
import java.time.Duration;
import java.util.List;

/** {@code /api/v1/connectors}. */
final class ConnectorRoutes {

    private static final String ONE = "/api/v1/connectors/{tenant}/{connector}";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final ReadModel model;
    private final ConnectorQuestions questions;
    private final Answers answers;
    private final Remedies remedies;

    ConnectorRoutes(ReadModel model, Answers answers, Remedies remedies) {
        this.model = model;
        this.questions = new ConnectorQuestions(model);
        this.answers = answers;
        this.remedies = remedies;
    }

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/api/v1/connectors", this::list, Role.READER);
        routes.get(ONE, this::one, Role.READER);
        routes.get(ONE + "/windows", this::windows, Role.READER);
        routes.get(ONE + "/queue", this::queue, Role.READER);
    }

    private void list(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "tenant", "state", "code", "q", "limit", "cursor");
        ConnectorFilter filter = new ConnectorFilter(
                parameters.text("tenant"),
                parameters.choices("state", ConnectorState.class),
                parameters.text("code"),
                parameters.text("q"));
        Paging paging = Paging.of(parameters);
        answers.demandData();
        answers.data(ctx, () -> paging.ask((limit, after) -> questions.overview(filter, limit, after)));
    }

    private void one(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "lang");
        Remedies.Language language = remedies.wanted(ctx, parameters);
        answers.demandData();
        answers.data(ctx, () -> {
            ConnectorDetail detail = answers.found(questions.detail(id(ctx)), what(ctx));
            List<Alert> alerts = language.alerts(detail.alerts());
            return new ConnectorDetail(
                    detail.asOf(), detail.connector(), detail.health(), detail.registration(), alerts);
        });
    }

    private void windows(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "size", "from", "to");
        answers.demandData();
        Period period = PeriodParameters.read(
                parameters, model.asOf(), FIVE_MINUTES, FIVE_MINUTES, Duration.ofHours(1), Duration.ofDays(1));
        answers.data(ctx, () -> answers.found(questions.windows(id(ctx), period), what(ctx)));
    }

    private void queue(Context ctx) {
        Parameters.of(ctx);
        answers.demandData();
        answers.data(ctx, () -> answers.found(questions.queue(id(ctx)), what(ctx)));
    }

    private static ConnectorId id(Context ctx) {
        return new ConnectorId(ctx.pathParam("tenant"), ctx.pathParam("connector"));
    }

    private static String what(Context ctx) {
        return "connector \"" + ctx.pathParam("connector") + "\" of tenant \"" + ctx.pathParam("tenant") + "\"";
    }
}
