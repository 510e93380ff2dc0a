package io.mailflow.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code mailflow.yaml}: every key it may hold, its default and its range. The names of the keys are public:
 * a key is never renamed, only added.
 *
 * <p>Keys are kebab-case under {@code kafka}, {@code time}, {@code alerts}, {@code catalogue}, {@code web} and
 * {@code route}; nested or dotted is the same ({@code alerts.queue-backlog.warning: 300}). Durations are
 * written as {@link DurationText} reads them. Thresholds stand under the name of their alert reason, exactly as the
 * connector registry spells their overrides.
 *
 * <p>An unknown key, a value of the wrong kind or out of its range is a {@link ConfigException} that names the file,
 * the line, the key, the value and what is expected.
 */
public final class ConfigLoader {

    private static final Duration ZERO = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** How long windows of an hour are kept: nothing that is counted by them can look back further. */
    private static final Duration LONGEST = Duration.ofDays(90);

    private static final int MOST_PARTITIONS = 1_000;
    /** The largest threshold: far above any queue, far below what an int holds. */
    static final int MOST = 1_000_000_000;

    private static final String NO_FOLDER = "none";
    private static final String TAG_EXPECTED = "a language tag such as en, pl or zh-TW";

    private ConfigLoader() {}

    /**
     * The configuration in a file.
     *
     * @throws ConfigException if the file cannot be read or used
     */
    public static MailflowConfig load(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException("There is no configuration file " + file, e);
        } catch (MalformedInputException e) {
            throw new ConfigException(file + ": not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new ConfigException("Cannot read the configuration file " + file + ": " + e, e);
        }
    }

    /**
     * The configuration in a text.
     *
     * @param file what error messages call it
     * @throws ConfigException if the text cannot be used
     */
    public static MailflowConfig parse(String yaml, String file) {
        Settings settings = new Settings(YamlLines.read(yaml, file), file);
        MailflowConfig config = read(settings);
        settings.refuseUnknown();
        check(settings, config);
        return config;
    }

    /** Every key there is, in the order of the shipped file; {@code kafka.properties} stands for any key under it. */
    public static List<String> keys() {
        Settings nothing = new Settings(Map.of(), "");
        read(nothing);
        return nothing.asked();
    }

    private static MailflowConfig read(Settings in) {
        return new MailflowConfig(
                kafka(in, KafkaSettings.DEFAULT),
                time(in, TimeSettings.DEFAULT),
                alerts(in),
                catalogue(in, CatalogueSettings.DEFAULT),
                web(in),
                route(in, RouteSettings.DEFAULT));
    }

    private static KafkaSettings kafka(Settings in, KafkaSettings byDefault) {
        return new KafkaSettings(
                in.text(
                        "kafka.bootstrap-servers",
                        byDefault.bootstrapServers(),
                        text -> text.matches("[^,\\s]+:\\d{1,5}(\\s*,\\s*[^,\\s]+:\\d{1,5})*"),
                        "brokers as host:port separated by commas, such as " + byDefault.bootstrapServers()),
                in.text(
                        "kafka.application-id",
                        byDefault.applicationId(),
                        text -> text.matches("[a-zA-Z0-9._-]{1,100}"),
                        "up to 100 letters, digits, dots, underscores and hyphens, such as "
                                + byDefault.applicationId()),
                Path.of(in.text(
                        "kafka.state-dir",
                        byDefault.stateDir().toString(),
                        text -> text.indexOf('\0') < 0,
                        "a directory, such as " + byDefault.stateDir())),
                in.whole("kafka.threads", byDefault.threads(), 1, 64),
                in.whole("kafka.standby-replicas", byDefault.standbyReplicas(), 0, 10),
                in.whole("kafka.replication-factor", byDefault.replicationFactor(), 1, 10),
                in.whole("kafka.source-partitions", byDefault.sourcePartitions(), 1, MOST_PARTITIONS),
                in.whole("kafka.connector-partitions", byDefault.connectorPartitions(), 1, MOST_PARTITIONS),
                in.duration(
                        "kafka.commit-interval",
                        byDefault.commitInterval(),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1)),
                in.section("kafka.properties"));
    }

    private static TimeSettings time(Settings in, TimeSettings byDefault) {
        return new TimeSettings(
                in.duration("time.reorder-bound", byDefault.reorderBound(), ZERO, DAY),
                in.duration("time.lateness", byDefault.lateness(), ZERO, Duration.ofDays(7)),
                in.duration("time.future-tolerance", byDefault.futureTolerance(), ZERO, DAY),
                // Writers mark their progress every 5 s: a shorter timeout would leave out sources that are well.
                in.duration("time.idle-timeout", byDefault.idleTimeout(), Duration.ofSeconds(10), DAY),
                in.duration("time.margin", byDefault.margin(), ZERO, DAY),
                in.duration("time.horizon", byDefault.horizon(), MINUTE, LONGEST),
                in.duration("time.success-horizon", byDefault.successHorizon(), MINUTE, LONGEST),
                in.duration("time.lifetime-online", byDefault.lifetimeOnline(), MINUTE, TimeSettings.LONGEST_LIFETIME),
                in.duration("time.lifetime-server", byDefault.lifetimeServer(), MINUTE, TimeSettings.LONGEST_LIFETIME));
    }

    private static AlertSettings alerts(Settings in) {
        AlertSettings byDefault = AlertSettings.DEFAULT;
        return new AlertSettings(
                in.whole("alerts.connector-down.attempts", byDefault.downAttempts(), 1, MOST),
                in.whole("alerts.connector-down.messages", byDefault.downMessages(), 1, MOST),
                in.whole("alerts.connector-down.hourly-attempts", byDefault.downHourlyAttempts(), 1, MOST),
                in.whole("alerts.connector-down.hourly-messages", byDefault.downHourlyMessages(), 1, MOST),
                in.share("alerts.failure-rate.share", byDefault.failureShare()),
                in.whole("alerts.failure-rate.attempts", byDefault.failureAttempts(), 1, MOST),
                in.duration("alerts.queue-backlog.age", byDefault.backlogAge(), MINUTE, Duration.ofDays(7)),
                in.whole("alerts.queue-backlog.warning", byDefault.backlogWarning(), 1, MOST),
                in.whole("alerts.queue-backlog.high", byDefault.backlogHigh(), 1, MOST),
                in.whole("alerts.expiry-risk.recipients", byDefault.expiryRecipients(), 1, MOST),
                in.duration("alerts.expiry-risk.warning", byDefault.expiryWarning(), MINUTE, Duration.ofDays(7)),
                in.duration("alerts.expiry-risk.high", byDefault.expiryHigh(), MINUTE, Duration.ofDays(7)),
                in.duration("alerts.expiry-risk.critical", byDefault.expiryCritical(), MINUTE, Duration.ofDays(7)),
                in.whole("alerts.messages-expired.recipients", byDefault.expiredRecipients(), 1, MOST),
                in.whole("alerts.connector-silent.attempts", byDefault.silentAttempts(), 1, MOST),
                // Failures are told apart by 5-minute windows: no shorter pause between two of them is seen.
                in.duration(
                        "alerts.resolve-after", byDefault.resolveAfter(), Duration.ofMinutes(5), Duration.ofDays(7)),
                in.duration("alerts.gave-up-after", byDefault.gaveUpAfter(), HOUR, Duration.ofDays(30)),
                in.duration("alerts.repeat-after", byDefault.repeatAfter(), MINUTE, Duration.ofDays(30)),
                in.duration("alerts.pageable-lag", byDefault.pageableLag(), MINUTE, DAY));
    }

    private static boolean isTag(String text) {
        return text.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    }

    private static CatalogueSettings catalogue(Settings in, CatalogueSettings byDefault) {
        String language = in.text("catalogue.language", byDefault.language(), ConfigLoader::isTag, TAG_EXPECTED);
        Map<String, String> languages = in.section("catalogue.languages");
        String folder = in.text(
                "catalogue.folder",
                NO_FOLDER,
                text -> text.indexOf('\0') < 0,
                "a folder with structure/ and texts/ in it, or " + NO_FOLDER);
        return new CatalogueSettings(language, languages, folder.equals(NO_FOLDER) ? null : Path.of(folder));
    }

    private static RouteSettings route(Settings in, RouteSettings byDefault) {
        return new RouteSettings(
                RouteValues.addresses(in, "route.alertmanagers"),
                RouteValues.user(in, "route.user"),
                in.secret("route.password"),
                in.secret("route.bearer-token"),
                RouteValues.page(in, "route.page-url"),
                RouteValues.runbook(in, "route.runbook-url"),
                in.duration("route.resend-every", byDefault.resendEvery(), Duration.ofSeconds(1), HOUR),
                in.duration("route.firing-for", byDefault.firingFor(), Duration.ofSeconds(2), DAY),
                RouteValues.label(in, "route.owners.our-admin", byDefault.ourAdmin()),
                RouteValues.label(in, "route.owners.remote-organisation", byDefault.remoteOrganisation()),
                RouteValues.label(in, "route.owners.sender", byDefault.sender()));
    }

    private static WebSettings web(Settings in) {
        WebSettings byDefault = WebSettings.DEFAULT;
        return new WebSettings(
                in.text(
                        "web.address",
                        byDefault.address(),
                        text -> text.matches("[A-Za-z0-9.:%_-]{1,255}"),
                        "an address of this machine, such as " + byDefault.address()),
                in.whole("web.port", byDefault.port(), 0, 65_535),
                in.word("web.insecure", byDefault.insecure()),
                in.file("web.tls.keystore"),
                in.secret("web.tls.password"),
                in.secret("web.read-token"),
                in.secret("web.admin-token"),
                in.whole("web.metrics-connectors", byDefault.metricsConnectors(), 0, 10_000));
    }

    /** What holds between values. */
    private static void check(Settings in, MailflowConfig config) {
        TimeSettings time = config.time();
        in.demand(
                time.successHorizon().compareTo(time.lateness()) >= 0,
                "time.success-horizon",
                time.successHorizon(),
                "at least time.lateness, which is " + time.lateness());
        in.demand(
                time.horizon().compareTo(time.successHorizon()) >= 0,
                "time.horizon",
                time.horizon(),
                "at least time.success-horizon, which is " + time.successHorizon());
        AlertSettings alerts = config.alerts();
        in.demand(
                alerts.backlogHigh() >= alerts.backlogWarning(),
                "alerts.queue-backlog.high",
                alerts.backlogHigh(),
                "at least alerts.queue-backlog.warning, which is " + alerts.backlogWarning());
        in.demand(
                alerts.expiryHigh().compareTo(alerts.expiryWarning()) <= 0,
                "alerts.expiry-risk.high",
                alerts.expiryHigh(),
                "at most alerts.expiry-risk.warning, which is " + alerts.expiryWarning());
        in.demand(
                alerts.expiryCritical().compareTo(alerts.expiryHigh()) <= 0,
                "alerts.expiry-risk.critical",
                alerts.expiryCritical(),
                "at most alerts.expiry-risk.high, which is " + alerts.expiryHigh());
        config.catalogue()
                .languages()
                .forEach((tenant, tag) -> in.demand(isTag(tag), "catalogue.languages." + tenant, tag, TAG_EXPECTED));
        RouteSettings route = config.route();
        in.demand(
                route.firingFor().compareTo(route.resendEvery().multipliedBy(2)) >= 0,
                "route.firing-for",
                route.firingFor(),
                "at least twice route.resend-every, which is " + route.resendEvery());
        in.demand(
                (route.user() == null) == (route.password() == null),
                route.user() == null ? "route.password" : "route.user",
                String.valueOf(route.user() == null ? route.password() : route.user()),
                "both route.user and route.password, or neither");
        in.demand(
                route.user() == null || route.bearerToken() == null,
                "route.bearer-token",
                String.valueOf(route.bearerToken()),
                "none where route.user is given: one way to authenticate");
        config.kafka().properties().forEach((key, value) -> {
            in.demand(!value.isBlank(), "kafka.properties." + key, value, "a value");
            OwnedProperties.reasonAgainst(key)
                    .ifPresent(reason -> in.demand(false, "kafka.properties." + key, value, reason));
        });
    }
}
