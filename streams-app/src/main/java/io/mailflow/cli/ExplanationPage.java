package io.mailflow.cli;

import io.mailflow.catalogue.Explanation;
import io.mailflow.catalogue.Texts;
import io.mailflow.reply.Reply;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An explanation for reading on a terminal: what is wrong and who acts first, then what to do. */
final class ExplanationPage {

    private ExplanationPage() {}

    static String of(Explanation explanation, Remediation remedy, Texts texts) {
        TextPage page = new TextPage(texts, 0);
        boolean hasCode = !explanation.code().equals(Reply.NONE);
        if (!hasCode && explanation.cause() == null) {
            page.paragraph(texts.text("explain.not-recognised"));
            page.paragraph(texts.text("explain.what-to-paste"));
        } else {
            page.heading(remedy.title());
        }
        page.heading("");
        page.line("code", hasCode ? explanation.code() : texts.text("explain.no-code"));
        if (hasCode || explanation.cause() == null) {
            // Without a code the entry says that nothing tells why; a cause that was read contradicts it.
            page.line("meaning", remedy.explanation());
        }
        List<String> wrapped = explanation.chain();
        for (int i = 1; i < wrapped.size(); i++) {
            page.line(i == 1 ? "wraps" : "", wrapped.get(i));
        }
        if (isSuccess(explanation)) {
            page.list("likely", remedy.causes());
        } else {
            page.line(
                    "cause",
                    explanation.cause() == null ? texts.text("explain.no-cause") : cause(explanation.cause(), texts));
            page.line("server", server(explanation.destination(), texts));
            page.certificate(remedy);
            page.line("who-acts", TextPage.owner(remedy.owner(), texts));
            page.likely(remedy);
        }
        page.heading("");
        page.steps(remedy);
        page.heading("");
        page.ending(remedy);
        return page.toString();
    }

    /** A cause in words, its id where no language has any. */
    static String cause(String id, Texts texts) {
        return texts.find("causes." + id + ".name", Map.of()).orElse(id);
    }

    /** Of a reply that something worked nobody asks for the cause. */
    private static boolean isSuccess(Explanation explanation) {
        return explanation.code().startsWith("2");
    }

    private static String server(@Nullable Destination destination, Texts texts) {
        if (destination == null) {
            return texts.text("explain.no-server");
        }
        Integer port = destination.port();
        return Stream.of(
                        destination.host(),
                        destination.ip(),
                        port == null ? null : texts.text("explain.port", Map.of("port", String.valueOf(port))))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }
}
