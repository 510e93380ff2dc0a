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

    private final FolderLock lock;
    private final ReadModel model;
    private final ReadModelFeed feed;
    private final GroupWatch group;
    private final JvmGcMetrics garbage;
    private final AutoCloseable streamMetrics;
    private final WebServer server;

    private WebSide(
            FolderLock lock,
            ReadModel model,
            ReadModelFeed feed,
            GroupWatch group,
            JvmGcMetrics garbage,
            AutoCloseable streamMetrics,
            WebServer server) {
        this.lock = lock;
        this.model = model;
        this.feed = feed;
        this.group = group;
        this.garbage = garbage;
        this.streamMetrics = streamMetrics;
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
        Path folder = folder(config.kafka());
        Files.createDirectories(folder);
        FolderLock lock = FolderLock.take(
                folder,
                "Another instance keeps its read model in " + folder
                        + "; give each instance on a machine its own kafka.state-dir.");
        try {
            return start(lock, folder, config, pipeline, router);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static WebSide start(
            FolderLock lock, Path folder, MailflowConfig config, Pipeline pipeline, Router router) {
        ReadModel model = ReadModel.open(folder);
        ReadModelFeed feed = ReadModelFeed.start(model, Clients.settings(config.kafka()));
        GroupWatch group = GroupWatch.start(config.kafka(), pipeline, InstantSource.system());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        JvmGcMetrics garbage = new JvmGcMetrics();
        bindJvm(registry, garbage);
        AutoCloseable streamMetrics = pipeline.bindMetrics(registry);
        try {
            WebServer server = WebServer.start(
                    config.web(),
                    model,
                    new RunningProgram(pipeline, group, model, feed, router),
                    registry,
                    Catalogue.load(config.catalogue().folder()),
                    InstantSource.system());
            feed.onChanges(server::accept);
            return new WebSide(lock, model, feed, group, garbage, streamMetrics, server);
        } catch (RuntimeException e) {
            group.close();
            feed.close();
            model.close();
            garbage.close();
            throw e;
        }
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
        server.close();
        group.close();
        feed.close();
        model.close();
        garbage.close();
        try {
            streamMetrics.close();
        } catch (Exception e) {
            throw new IOException("The metrics of the stream cannot be closed", e);
        }
        lock.close();
    }
}
