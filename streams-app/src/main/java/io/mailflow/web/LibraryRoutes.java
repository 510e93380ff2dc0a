package io.mailflow.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** {@code /lib/NAME/VERSION/FILE}: the page's libraries, which come in jars with a folder per version. */
final class LibraryRoutes {

    private static final String FOLDER = "/META-INF/resources/_static";

    /** Scripts of these libraries only; a part that begins with a dot leads nowhere. */
    private static final Pattern SCRIPT = Pattern.compile("/(lit-html|echarts)(/\\w[\\w.-]*){1,5}\\.js");

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/lib/<file>", LibraryRoutes::send, Role.NONE);
    }

    private static void send(Context ctx) throws IOException {
        String file = ctx.path().substring("/lib".length());
        if (!SCRIPT.matcher(file).matches()) {
            throw missing(ctx);
        }
        try (InputStream resource = LibraryRoutes.class.getResourceAsStream(FOLDER + file)) {
            if (resource == null) {
                throw missing(ctx);
            }
            // The address holds the version: what a browser has never changes.
            ctx.header("Cache-Control", "public, max-age=31536000, immutable");
            ctx.contentType("text/javascript;charset=utf-8").result(resource.readAllBytes());
        }
    }

    private static ProblemException missing(Context ctx) {
        return new ProblemException(ProblemKind.NOT_FOUND, "There is no library's script at " + ctx.path() + ".");
    }
}
