package io.mailflow.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.mailflow.readmodel.AlertFilter;
import io.mailflow.readmodel.AlertLife;
import io.mailflow.readmodel.AlertPage;
import io.mailflow.readmodel.AlertQuestions;
import io.mailflow.readmodel.IncidentLine;
import io.mailflow.readmodel.IncidentQuestions;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.Severity;
import java.time.Instant;

/** {@code /api/v1/alerts} and {@code /api/v1/incidents}. */
final class AlertRoutes {

    private final AlertQuestions alerts;
    private final IncidentQuestions incidents;
    private final Answers answers;
    private final Remedies remedies;

    AlertRoutes(ReadModel model, Answers answers, Remedies remedies) {
        this.alerts = new AlertQuestions(model);
        this.incidents = new IncidentQuestions(model);
        this.answers = answers;
        this.remedies = remedies;
    }

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/api/v1/alerts", this::list, Role.READER);
        routes.get("/api/v1/alerts/{id}", this::one, Role.READER);
        routes.get("/api/v1/incidents", this::incidents, Role.READER);
        routes.get("/api/v1/incidents/{id}", this::incident, Role.READER);
    }

    private void list(Context ctx) {
        Parameters parameters = Parameters.of(
                ctx, "tenant", "connector", "code", "severity", "state", "from", "to", "limit", "cursor", "lang");
        Remedies.Language language = remedies.wanted(ctx, parameters);
        AlertState state = parameters.choice("state", AlertState.class);
        Instant from = parameters.instant("from");
        Instant to = parameters.instant("to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.parameter("from", from.toString(), "an instant before \"to\", which is " + to);
        }
        boolean now = state == null && from == null && to == null;
        AlertFilter filter = new AlertFilter(
                parameters.text("tenant"),
                parameters.text("connector"),
                parameters.text("code"),
                parameters.choices("severity", Severity.class),
                now ? AlertState.OPEN : state,
                from,
                to);
        Paging paging = Paging.of(parameters);
        answers.demandData();
        answers.data(ctx, () -> {
            AlertPage page = paging.ask((limit, after) ->
                    now ? alerts.gravestFirst(filter, limit, after) : alerts.newestFirst(filter, limit, after));
            return new AlertPage(page.asOf(), page.total(), language.alerts(page.items()), page.next());
        });
    }

    private void one(Context ctx) {
        Remedies.Language language = remedies.wanted(ctx, Parameters.of(ctx, "lang"));
        String id = id(ctx, "an alert's");
        answers.demandData();
        answers.data(ctx, () -> {
            AlertLife life = answers.found(alerts.life(id), "alert " + id);
            return new AlertLife(language.alert(life.alert()), life.incident(), life.life());
        });
    }

    private void incidents(Context ctx) {
        Parameters parameters = Parameters.of(ctx, "tenant", "state", "limit", "cursor", "lang");
        Remedies.Language language = remedies.wanted(ctx, parameters);
        String tenant = parameters.text("tenant");
        AlertState state = parameters.choice("state", AlertState.class);
        Paging paging = Paging.of(parameters);
        answers.demandData();
        answers.data(
                ctx, () -> paging.ask((limit, after) -> incidents.page(tenant, state, limit, after, language::title)));
    }

    private record IncidentAnswer(IncidentLine incident) {}

    private void incident(Context ctx) {
        Remedies.Language language = remedies.wanted(ctx, Parameters.of(ctx, "lang"));
        String id = id(ctx, "an incident's");
        answers.demandData();
        answers.data(
                ctx, () -> new IncidentAnswer(answers.found(incidents.one(id, language::title), "incident " + id)));
    }

    private static String id(Context ctx, String whose) {
        String id = ctx.pathParam("id");
        if (!id.matches("[0-9a-f]{32}")) {
            throw ProblemException.parameter("id", id, whose + " id, 32 hexadecimal digits");
        }
        return id;
    }
}
