package io.mailflow.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.security.RouteRole;
import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.WebSettings;
import io.mailflow.readmodel.Changes;
import io.mailflow.readmodel.ReadModel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of one instance: API, page, metrics and health. */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final long LARGEST_BODY = 64 * 1024;

    private final Javalin javalin;
    private final EventStream events;
    private final String url;

    private WebServer(Javalin javalin, EventStream events, String url) {
        this.javalin = javalin;
        this.events = events;
        this.url = url;
    }

    /**
     * Starts listening.
     *
     * @param catalogue what remedies are told from, with the site's own entries
     * @param registry where further metrics are; those of the program are added
     * @throws io.mailflow.config.ConfigException if the settings are not safe together or a secret cannot be read
     * @throws WebException if the port is taken or the address is not this machine's
     */
    public static WebServer start(
            WebSettings settings,
            ReadModel model,
            Program program,
            PrometheusMeterRegistry registry,
            Catalogue catalogue,
            InstantSource clock) {
        Access access = Access.of(settings);
        Listener listener = Listener.of(settings);
        EventStream events = new EventStream(program, model);
        registry.getPrometheusRegistry()
                .register(new DomainMetrics(
                        program, model, catalogue, settings.metricsConnectors(), events::followers, clock));
        Javalin javalin = Javalin.create(config -> {
            http(config, listener);
            guard(config.routes, access, listener);
            routes(config.routes, model, program, catalogue, clock, access, events);
            new MetricsRoute(registry).add(config.routes);
            problems(config.routes);
        });
        try {
            javalin.start();
        } catch (RuntimeException e) {
            javalin.stop();
            events.close();
            throw cannotListen(settings, e);
        }
        events.start();
        return new WebServer(javalin, events, listener.url(javalin.port()));
    }

    private static void http(JavalinConfig config, Listener listener) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LARGEST_BODY;
        config.jetty.modifyServer(server -> server.setErrorHandler(new BareErrors()));
        listener.listen(config.jetty);
        config.staticFiles.add(files -> {
            files.hostedPath = "/";
            files.directory = "/io/mailflow/web/page";
            files.location = Location.CLASSPATH;
            files.headers = SecurityHeaders.ALL;
            files.roles = Set.of(Role.NONE);
            // Nothing encoded is a file of the page.
            files.skipFileFunction = request -> request.getRequestURI().indexOf('%') >= 0;
        });
    }

    private static void guard(JavalinDefaultRoutingApi routes, Access access, Listener listener) {
        routes.before(ctx -> {
            SecurityHeaders.ALL.forEach(ctx::header);
            listener.headers().forEach(ctx::header);
        });
        routes.beforeMatched(ctx -> access.demand(ctx, needed(ctx)));
    }

    /** A route that says nothing about itself needs the most; to ask for the head of an answer is to read. */
    private static Role needed(Context ctx) {
        for (RouteRole role : ctx.routeRoles()) {
            return (Role) role;
        }
        return ctx.method().equals(HandlerType.HEAD) ? Role.READER : Role.ADMIN;
    }

    private static void routes(
            JavalinDefaultRoutingApi routes,
            ReadModel model,
            Program program,
            Catalogue catalogue,
            InstantSource clock,
            Access access,
            EventStream events) {
        Answers answers = new Answers(program, model);
        Languages languages = new Languages(catalogue);
        Remedies remedies = new Remedies(languages, model);
        new ConnectorRoutes(model, answers, remedies).add(routes);
        new AlertRoutes(model, answers, remedies).add(routes);
        new RemediationRoutes(languages).add(routes);
        new CapacityRoutes(model, answers).add(routes);
        new PipelineRoutes(model, program, clock).add(routes);
        new EventRoutes(events).add(routes);
        new SessionRoutes(access).add(routes);
        new DescriptionRoutes().add(routes);
        new LibraryRoutes().add(routes);
    }

    private static void problems(JavalinDefaultRoutingApi routes) {
        routes.exception(ProblemException.class, (problem, ctx) -> Answers.problem(ctx, problem));
        routes.exception(HttpResponseException.class, (e, ctx) -> Answers.problem(ctx, problem(e, ctx)));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            Answers.problem(
                    ctx, new ProblemException(ProblemKind.INTERNAL, "This is a mistake in the program; see its log."));
        });
    }

    private static ProblemException problem(HttpResponseException e, Context ctx) {
        return switch (e.getStatus()) {
            case 404 ->
                new ProblemException(
                        ProblemKind.NOT_FOUND,
                        "There is nothing at " + ctx.path() + "; /api/v1/openapi.yaml lists every path.");
            case 405 ->
                new ProblemException(
                        ProblemKind.METHOD,
                        ctx.path() + " does not take " + ctx.method() + "; /api/v1/openapi.yaml says what it takes.");
            case 413 ->
                new ProblemException(ProblemKind.TOO_LARGE, "At most " + LARGEST_BODY + " bytes are read of a body.");
            default -> new ProblemException(ProblemKind.BAD_PARAMETER, "The request cannot be read.");
        };
    }

    /**
     * Asks before anything else is started whether the page could listen.
     *
     * @throws WebException if the port is taken or the address is not this machine's
     */
    public static void checkPort(WebSettings settings) {
        try (ServerSocketChannel asked = ServerSocketChannel.open()) {
            // As the server does, so that a port whose last owner has just left counts as free.
            asked.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            asked.bind(new InetSocketAddress(settings.address(), settings.port()));
        } catch (IOException | UnresolvedAddressException e) {
            throw cannotListen(settings, e);
        }
    }

    private static WebException cannotListen(WebSettings settings, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                String message = String.valueOf(cause.getMessage());
                return message.contains("assign")
                        ? new WebException(
                                "The address " + settings.address()
                                        + " is not one of this machine's; choose another with web.address",
                                e)
                        : new WebException(
                                "Port " + settings.port() + " of " + settings.address()
                                        + " is taken; choose another with --port N or web.port, 0 for any free one",
                                e);
            }
        }
        return new WebException(
                "The web page cannot listen on " + settings.address() + " port " + settings.port() + ": "
                        + e.getMessage(),
                e);
    }

    /** Tells followers what is new. */
    public void accept(Changes changes) {
        events.accept(changes);
    }

    /** Where the page is, such as {@code http://localhost:8080/}. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        events.close();
        javalin.stop();
    }
}
