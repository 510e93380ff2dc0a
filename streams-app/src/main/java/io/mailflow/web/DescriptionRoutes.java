package io.mailflow.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.mailflow.schema.Alert;
import java.io.IOException;
import java.io.InputStream;

/** {@code /api/v1/openapi.yaml} and the schemas that it refers to. */
final class DescriptionRoutes {

    void add(JavalinDefaultRoutingApi routes) {
        routes.get("/api/v1/openapi.yaml", this::description, Role.READER);
        routes.get("/api/v1/schemas/{file}", this::schema, Role.READER);
    }

    private void description(Context ctx) throws IOException {
        Parameters.of(ctx);
        send(ctx, DescriptionRoutes.class, "openapi.yaml", "application/yaml");
    }

    private void schema(Context ctx) throws IOException {
        Parameters.of(ctx);
        String file = ctx.pathParam("file");
        if (!file.matches("[a-z-]{1,50}\\.schema\\.json")) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "There is no schema of this name.");
        }
        send(ctx, Alert.class, file, "application/schema+json");
    }

    private static void send(Context ctx, Class<?> beside, String name, String type) throws IOException {
        try (InputStream resource = beside.getResourceAsStream(name)) {
            if (resource == null) {
                throw new ProblemException(ProblemKind.NOT_FOUND, "There is no " + name + ".");
            }
            ctx.contentType(type).result(resource.readAllBytes());
        }
    }
}
