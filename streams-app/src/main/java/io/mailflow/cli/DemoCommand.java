package io.mailflow.cli;

import io.mailflow.catalogue.Catalogue;
import io.mailflow.catalogue.Languages;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.RouteSettings;
import io.mailflow.ingest.InputSpool;
import io.mailflow.ingest.Inputs;
import io.mailflow.ingest.ReadOptions;
import io.mailflow.ingest.TraceProducer;
import io.mailflow.naming.Topics;
import io.mailflow.readmodel.OutputReader;
import io.mailflow.readmodel.Outputs;
import io.mailflow.route.Router;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.DemoDirectory;
import io.mailflow.runtime.EmbeddedBrokerException;
import io.mailflow.runtime.EmbeddedPipeline;
import io.mailflow.runtime.Feed;
import io.mailflow.runtime.PipelineException;
import io.mailflow.runtime.StopSignal;
import io.mailflow.runtime.WebSide;
import io.mailflow.schema.Alert;
import io.mailflow.schema.AlertState;
import io.mailflow.schema.MessageTraceEvent;
import io.mailflow.schema.Publication;
import io.mailflow.serde.OtherFormException;
import io.mailflow.simulate.DemoHistory;
import io.mailflow.simulate.LiveTraffic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mailflow demo}: the whole program on this machine, with made-up mail. */
@Command(
        name = "demo",
        description = {
            "Run everything on this machine: an embedded Kafka, the stream, two days of made-up mail with incidents of"
                    + " every code, then live traffic until Ctrl-C.",
            "A second start goes on where the first one stopped."
        })
final class DemoCommand implements Callable<Integer> {

    private static final Duration TICK = Duration.ofSeconds(1);

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of page, API and metrics, 8080 by default; 0 takes any free one.")
    private @Nullable Integer port;

    @Option(names = "--fresh", description = "Begin anew: delete what an earlier demo left.")
    private boolean fresh;

    @Option(
            names = "--alertmanager",
            paramLabel = "URL",
            description = "Page through this Alertmanager, such as http://127.0.0.1:9093. Default: nobody is paged.")
    private @Nullable URI alertmanager;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:mailflow.home:-.}/data/demo",
            description = "Where Kafka's log and the stream's state live. Default: data/demo in the program's folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli takes its footer
    private PublicationHelp publications = new PublicationHelp();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        // A demo that runs has the port as well: that it runs is the news.
        DemoDirectory.checkFree(data);
        // Kafka takes seconds to start, and a first demo would have made up two days of mail by then.
        WebSide.checkPort(config());
        try (StopSignal stop = StopSignal.onShutdown();
                DemoDirectory directory = DemoDirectory.open(data, fresh)) {
            boolean first = directory.historyEnd().isEmpty();
            Instant historyEnd = first
                    ? clock.instant().truncatedTo(ChronoUnit.MINUTES)
                    : directory.historyEnd().get();
            Instant playedTo = directory.playedTo().orElse(historyEnd);
            // Made up while Kafka starts: the first alert is what somebody waits for.
            CompletableFuture<LiveTraffic> traffic = CompletableFuture.supplyAsync(() -> {
                LiveTraffic live = new LiveTraffic(historyEnd);
                live.skipTo(playedTo);
                return live;
            });
            CompletableFuture<List<Path>> history =
                    first ? writeHistory(directory, historyEnd) : CompletableFuture.completedFuture(List.of());
            play(stop, directory, historyEnd, history, traffic);
        } catch (PipelineException | EmbeddedBrokerException e) {
            throw new PipelineException(withNextStep(e), e);
        }
        return Mailflow.DONE;
    }

    private static String withNextStep(RuntimeException e) {
        String anew = "begin anew with: mailflow demo --fresh";
        return OtherFormException.isBehind(e)
                ? e.getMessage() + " To " + anew
                : e.getMessage() + " Start it again with the same command, and it goes on from there; if that fails,"
                        + " " + anew;
    }

    private static CompletableFuture<List<Path>> writeHistory(DemoDirectory directory, Instant end) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return DemoHistory.write(directory.path().resolve("history"), end);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @SuppressWarnings("try") // the router needs nothing but to be closed
    private void play(
            StopSignal stop,
            DemoDirectory directory,
            Instant historyEnd,
            CompletableFuture<List<Path>> history,
            CompletableFuture<LiveTraffic> traffic)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (EmbeddedPipeline pipeline = start(out, directory);
                Router router = Clients.router(pipeline.config());
                WebSide web = WebSide.start(pipeline.config(), pipeline.pipeline(), router);
                TraceProducer producer = Clients.traceProducer(pipeline.config());
                OutputReader reader =
                        new OutputReader(Clients.settings(pipeline.config().kafka()), Set.of(Topics.ALERTS), false)) {
            directory.serving(web.url());
            out.println(say("page", Map.of("address", web.url())));
            out.println(say("kafka", Map.of("address", pipeline.config().kafka().bootstrapServers())));
            out.flush();
            Outputs outputs = new Outputs();
            List<Path> files = history.join();
            if (files.isEmpty()) {
                pipeline.awaitRunning();
                resume(out, reader, outputs);
            } else {
                // What is written before the stream runs waits on the topic.
                if (!replay(out, stop, directory, producer, files, historyEnd)) {
                    out.println(say("stopped-before", Map.of()));
                    out.flush();
                    return;
                }
                pipeline.awaitRunning();
            }
            live(out, stop, pipeline, directory, producer, reader, outputs, traffic.join());
            out.println(say("stopping", Map.of()));
            out.flush();
        }
    }

    private EmbeddedPipeline start(PrintWriter out, DemoDirectory directory) throws IOException {
        out.println(say("starting", Map.of("directory", directory.path().toString())));
        out.flush();
        return EmbeddedPipeline.start(directory.path(), config(), DemoHistory.connectors());
    }

    private MailflowConfig config() {
        MailflowConfig config = WebPort.apply(MailflowConfig.DEFAULT, port)
                .withRoute(RouteSettings.DEFAULT.withAlertmanagers(
                        alertmanager == null ? List.of() : List.of(alertmanager)));
        return config.withCatalogue(config.catalogue().withLanguage(language.or(Languages.ENGLISH)));
    }

    private String say(String key, Map<String, ?> values) {
        return alertText().texts().text("demo." + key, values);
    }

    private AlertText alertText() {
        return new AlertText(Catalogue.shipped(), language.or(Languages.ENGLISH), TextWidth.of(spec));
    }

    private void resume(PrintWriter out, OutputReader reader, Outputs outputs) {
        reader.readToEnd(outputs::accept);
        List<Alert> open = outputs.alerts().stream()
                .filter(alert -> alert.state() == AlertState.OPEN)
                .toList();
        out.println(say("going-on", Map.of("open", open.size())));
        open.forEach(alert -> out.println("  " + alertText().standing(alert)));
        out.println(say("live", Map.of()));
        out.println();
        out.flush();
    }

    private boolean replay(
            PrintWriter out,
            StopSignal stop,
            DemoDirectory directory,
            TraceProducer producer,
            List<Path> files,
            Instant end)
            throws IOException {
        ReadOptions options = ReadOptions.defaults().withTempDir(directory.path());
        try (InputSpool spool = Inputs.read(files.stream().map(Path::toString).toList(), options)) {
            out.println(say(
                    "playing",
                    Map.of(
                            "rows", spool.accounting().rows(),
                            "files", files.size(),
                            "end", AlertText.minute(end))));
            out.println();
            out.flush();
            if (!Feed.unlessStopped(spool, producer, stop::isStopped)) {
                return false;
            }
            producer.flush();
        }
        directory.historyPlayed(end);
        return true;
    }

    private void live(
            PrintWriter out,
            StopSignal stop,
            EmbeddedPipeline pipeline,
            DemoDirectory directory,
            TraceProducer producer,
            OutputReader reader,
            Outputs outputs,
            LiveTraffic traffic)
            throws IOException {
        int shown = outputs.publications().size();
        Instant next = clock.instant();
        Standstill standstill = new Standstill(next);
        while (!stop.isStopped()) {
            pipeline.failIfBroken();
            Instant now = clock.instant();
            standstill.look(now).ifPresent(out::println);
            if (!now.isBefore(next)) {
                for (MessageTraceEvent event : traffic.until(now)) {
                    producer.sendLive(event);
                }
                producer.tick();
                producer.flush();
                directory.played(now);
                next = now.plus(TICK);
            }
            reader.poll(outputs::accept);
            List<Alert> publications = outputs.publications();
            publications.subList(shown, publications.size()).forEach(alert -> show(out, alert));
            shown = publications.size();
        }
    }

    private void show(PrintWriter out, Alert alert) {
        out.println(alertText().line(alert));
        boolean news = alert.publication() == Publication.OPENED || alert.publication() == Publication.ESCALATED;
        if (news) {
            out.println(alertText().block(alert));
            out.println();
        }
        out.flush();
    }
}
