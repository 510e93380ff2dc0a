package io.mailflow.cli;

import io.mailflow.catalogue.LikelyCauses;
import io.mailflow.catalogue.Quantities;
import io.mailflow.schema.Alert;
import io.mailflow.schema.Analysis;
import io.mailflow.schema.Remediation;
import io.mailflow.serde.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One alert in a report: what is wrong, what to do, what it was decided on, and its life so far. */
final class HtmlAlert {

    private final Alert alert;
    private final Analysis analysis;
    private final AlertText text;
    private final StringBuilder out = new StringBuilder();

    private HtmlAlert(Alert alert, Analysis analysis, AlertText text) {
        this.alert = alert;
        this.analysis = analysis;
        this.text = text;
    }

    /** @param analysis that it is one of */
    static String of(Alert alert, Analysis analysis, AlertText text) {
        return new HtmlAlert(alert, analysis, text)
                .html(analysis.alertEvents().stream()
                        .filter(publication -> publication.id().equals(alert.id()))
                        .toList());
    }

    private String html(List<Alert> life) {
        Remediation remedy = text.remedy(alert);
        out.append("<article class=\"")
                .append(Json.MAPPER.convertValue(alert.severity(), String.class))
                .append("\"><h3>")
                .append(Html.text(AlertText.withoutCode(remedy.title(), alert.code())))
                .append("</h3>\n<p><span class=\"severity\">")
                .append(Html.text(text.word("severity", alert.severity())))
                .append("</span> ")
                .append(Html.text(AlertText.where(alert.tenant(), alert.connector())))
                .append(" <code>")
                .append(Html.text(alert.code()))
                .append("</code></p>\n");
        if (!remedy.explanation().isEmpty()) {
            paragraph(remedy.explanation());
        }
        out.append("<dl>");
        entry(
                "since",
                text.texts()
                        .text(
                                "alert.since",
                                Map.of(
                                        "since",
                                        AlertText.minute(alert.since()),
                                        "opened",
                                        AlertText.minute(alert.openedAt()))));
        entry("queue-now", text.queueNow(alert, analysis));
        remedy(remedy);
        evidence();
        out.append("</dl>\n");
        life(life);
        return out.append("</article>\n").toString();
    }

    private void remedy(Remediation remedy) {
        entry("who-acts", text.whoActs(remedy));
        list("likely", "ol", LikelyCauses.of(remedy, text.texts()));
        label("what-to-do");
        out.append("<dd><ol class=\"steps\">");
        for (Remediation.Step step : remedy.steps()) {
            out.append("<li>").append(Html.text(TextPage.step(step, remedy.owner(), text.texts())));
            if (step.command() != null) {
                out.append("<pre>").append(Html.text(step.command())).append("</pre>");
            }
            out.append("</li>");
        }
        out.append("</ol></dd>\n");
        if (remedy.takesEffect() != null) {
            entry("takes-effect", remedy.takesEffect());
        }
        entry("verify", remedy.verify());
        if (!remedy.giveUp().isEmpty()) {
            entry("give-up", remedy.giveUp());
        }
        list("read-on", "ul", remedy.links());
    }

    private void evidence() {
        entry("published", text.texts().text("alert.published", Map.of("published", AlertText.minute(alert.toldAt()))));
        list(
                "why",
                "ul",
                alert.reasons().stream().map(reason -> text.why(alert, reason)).toList());
        List<Alert.FailingDestination> servers = alert.evidence().destinations();
        if (!servers.isEmpty()) {
            label("servers");
            out.append("<dd>")
                    .append(Html.table(
                            List.of(
                                    say("report.server"),
                                    say("report.address"),
                                    say("report.failed-attempts"),
                                    say("label.last-error")),
                            servers.stream()
                                    .map(server -> Stream.of(
                                                    server.host(),
                                                    server.ip(),
                                                    new Quantities(text.texts()).number(server.attempts()),
                                                    server.lastError() == null
                                                            ? null
                                                            : AlertText.error(server.lastError()))
                                            .map(cell -> cell == null ? "–" : cell)
                                            .toList())
                                    .toList()))
                    .append("</dd>\n");
        }
        if (servers.isEmpty() && alert.evidence().lastError() != null) {
            label("last-error");
            out.append("<dd><pre>")
                    .append(Html.text(AlertText.error(alert.evidence().lastError())))
                    .append("</pre></dd>\n");
        }
    }

    private void life(List<Alert> publications) {
        if (publications.isEmpty()) {
            return;
        }
        out.append("<ol class=\"life\">");
        publications.forEach(step -> out.append("<li class=\"")
                .append(Json.MAPPER.convertValue(step.severity(), String.class))
                .append("\"><time>")
                .append(AlertText.minute(step.toldAt()))
                .append("</time><span>")
                .append(Html.text(text.word("publication", step.publication())))
                .append("</span><span class=\"severity\">")
                .append(Html.text(text.word("severity", step.severity())))
                .append("</span><span>")
                .append(Html.text(text.reasonsAndEnd(step)))
                .append("</span></li>\n"));
        out.append("</ol>\n");
    }

    private void list(String label, String tag, List<String> items) {
        if (!items.isEmpty()) {
            label(label);
            out.append("<dd><").append(tag).append('>');
            items.forEach(item -> out.append("<li>").append(Html.text(item)).append("</li>"));
            out.append("</").append(tag).append("></dd>\n");
        }
    }

    private void entry(String label, String value) {
        label(label);
        out.append("<dd>").append(Html.text(value)).append("</dd>\n");
    }

    private void label(String label) {
        out.append("<dt>").append(Html.text(say("label." + label))).append("</dt>");
    }

    private String say(String key) {
        return text.texts().text(key);
    }

    private void paragraph(String sentence) {
        out.append("<p>").append(Html.text(sentence)).append("</p>\n");
    }
}
