package io.mailflow.runtime;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.config.KafkaSettings;
import io.mailflow.config.MailflowConfig;
import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.ReadModelFeed;
import io.mailflow.route.Router;
import io.mailflow.web.WebServer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The read model of an instance, and the page, API and metrics over it. */
public final class WebSide implements AutoCloseable {

    private final Opened opened;
    private final WebServer server;

    private WebSide(Opened opened, WebServer server) {
        this.opened = opened;
        this.server = server;
    }

    /**
     * Asks before anything else is started whether the page could listen.
     *
     * @throws io.mailflow.web.WebException if it could not
     */
    public static void checkPort(MailflowConfig config) {
        WebServer.checkPort(config.web());
    }

    /**
     * Starts everything and returns; until the topics are read, answers say so.
     *
     * @throws IOException if another instance uses the same folder
     * @throws io.mailflow.config.ConfigException if the settings of the web side are not safe together
     * @throws io.mailflow.web.WebException if it cannot listen
     * @throws io.mailflow.readmodel.ReadModelException if the database cannot be used
     */
    public static WebSide start(MailflowConfig config, Pipeline pipeline, Router router) throws IOException {
        Opened opened = new Opened();
        try {
            return new WebSide(opened, start(opened, config, pipeline, router));
        } catch (IOException | RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    private static WebServer start(Opened opened, MailflowConfig config, Pipeline pipeline, Router router)
            throws IOException {
        Path folder = folder(config.kafka());
        Files.createDirectories(folder);
        opened.add(FolderLock.take(
                folder,
                "Another instance keeps its read model in " + folder
                        + "; give each instance on a machine its own kafka.state-dir."));
        Catalogue catalogue = Catalogue.load(config.catalogue().folder());
        ReadModel model = opened.add(ReadModel.open(folder));
        ReadModelFeed feed = opened.add(ReadModelFeed.start(model, Clients.settings(config.kafka())));
        GroupWatch group = opened.add(GroupWatch.start(config.kafka(), pipeline, InstantSource.system()));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        bindJvm(registry, opened.add(new JvmGcMetrics()));
        opened.add(pipeline.bindMetrics(registry));
        WebServer server = opened.add(WebServer.start(
                config.web(),
                model,
                new RunningProgram(pipeline, group, model, feed, router),
                registry,
                catalogue,
                InstantSource.system()));
        feed.onChanges(server::accept);
        return server;
    }

    /** Beside the stream's own stores; it can be deleted whenever the program does not run. */
    static Path folder(KafkaSettings kafka) {
        return kafka.stateDir().resolve(kafka.applicationId() + "-read-model");
    }

    private static void bindJvm(PrometheusMeterRegistry registry, JvmGcMetrics garbage) {
        garbage.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Where the page is. */
    public String url() {
        return server.url();
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
