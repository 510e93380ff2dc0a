package io.mailflow.properties;

import io.mailflow.properties.World.Route;
import io.mailflow.schema.ConnectorSource;
import io.mailflow.schema.Destination;
import io.mailflow.schema.EventClass;
import io.mailflow.schema.MessageTraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The rows of one message, and when each of them is read. */
final class Script {

    /** Texts without a destination, with codes that name no cause by themselves. */
    private static final List<String> DEFERRALS =
            List.of("450 4.4.317 Try later", "450 4.2.0 Try later", "451 4.7.0 Not now", "Not now");

    private static final List<String> REJECTIONS = List.of("550 5.2.0 Not accepted", "554 5.7.1 Refused");
    private static final String EXPIRED = "550 5.4.300 Message expired";

    private final Plan plan;
    private final Route route;
    private final Random random;
    private final String message;
    private final Instant start;
    private final String reply;
    private final List<Read> rows = new ArrayList<>();

    /** Rows that depend on what is known when they are read keep their order. */
    private final boolean inOrder;

    private Script(Plan plan, int number) {
        this.plan = plan;
        this.route = World.ROUTES.get(plan.route());
        this.random = new Random(plan.seed());
        this.message = "m%05d".formatted(number);
        // Instants around the bounds of windows matter most; two rows of a recipient never share one.
        boolean atBound = random.nextInt(4) == 0;
        int minute = atBound ? plan.startMinute() / 5 * 5 : plan.startMinute();
        long ms = atBound ? random.nextInt(3) - 1 : random.nextInt(60_000);
        this.start = World.START.plus(Duration.ofMinutes(minute)).plusMillis(ms);
        this.reply = DEFERRALS.get(random.nextInt(DEFERRALS.size()));
        this.inOrder = switch (plan.shape()) {
            case CLOSED, NOISE, NAMED_LATER, PENDING, SUMMARY_AND_DETAIL -> true;
            default -> false;
        };
    }

    /** A row, and when it is read. */
    record Read(Instant readAt, MessageTraceEvent event) {}

    static List<Read> of(Plan plan, int number) {
        Script script = new Script(plan, number);
        int recipients = 1 + script.random.nextInt(10) / 8;
        for (int i = 0; i < recipients; i++) {
            script.play("user" + i + "@" + script.route.domain());
        }
        return script.rows;
    }

    private void play(String recipient) {
        switch (plan.shape()) {
            case SENT -> add(event(EventClass.SEND, start, recipient, route.connector(), "250 2.0.0 OK"));
            case RETRIED -> {
                Instant last = defer(recipient, start, 1 + random.nextInt(5), route.connector());
                add(event(EventClass.SEND, later(last), recipient, route.connector(), "250 2.0.0 OK"));
            }
            case REJECTED -> {
                Instant last = defer(recipient, start, random.nextInt(3), route.connector());
                String text = REJECTIONS.get(random.nextInt(REJECTIONS.size()));
                add(event(EventClass.FAIL, later(last), recipient, route.connector(), text));
            }
            case EXPIRED -> {
                int tries = random.nextInt(6);
                defer(recipient, start, tries, route.connector());
                Instant end = start.plus(route.lifetime()).plusSeconds(random.nextInt(1_700));
                String connector = tries > 0 && random.nextBoolean() ? null : route.connector();
                add(event(EventClass.FAIL, end, recipient, connector, EXPIRED));
                if (random.nextInt(6) == 0) {
                    defer(recipient, later(end), 1 + random.nextInt(2), route.connector());
                }
            }
            case ABANDONED -> {
                defer(recipient, start, 1 + random.nextInt(4), route.connector());
                if (random.nextInt(6) == 0) {
                    // It lives on after the clock has given it up.
                    Instant revived = start.plus(route.lifetime()).plusSeconds(1_700 + random.nextInt(7_200));
                    defer(recipient, revived, 1 + random.nextInt(2), route.connector());
                }
            }
            case CLOSED -> {
                Instant last = defer(recipient, start, 1 + random.nextInt(3), route.connector());
                add(
                        random.nextBoolean()
                                ? named(
                                        event(EventClass.CLOSE, later(last), recipient, null, "250 2.1.5 Done"),
                                        "EXPAND",
                                        null)
                                : named(
                                        event(EventClass.FAIL, later(last), recipient, null, "550 5.2.0 No"),
                                        "FAIL",
                                        "ROUTING"));
            }
            case PENDING -> {
                pending(recipient);
                if (random.nextBoolean()) {
                    finish(recipient, start);
                }
            }
            case SUMMARY_AND_DETAIL -> {
                pending(recipient);
                Instant last = defer(recipient, later(start), 1 + random.nextInt(3), route.connector());
                if (random.nextBoolean()) {
                    add(event(EventClass.SEND, later(last), recipient, route.connector(), "250 2.0.0 OK"));
                } else if (random.nextBoolean()) {
                    finish(recipient, last);
                }
            }
            case FALLBACK -> {
                Instant first = defer(recipient, start, 1 + random.nextInt(2), route.connector());
                Instant last = defer(recipient, later(first), 1 + random.nextInt(2), route.other());
                if (random.nextBoolean()) {
                    add(event(EventClass.SEND, later(last), recipient, route.connector(), "250 2.0.0 OK"));
                }
            }
            case NAMED_LATER -> namedLater(recipient);
            case NOISE -> noise(recipient);
        }
    }

    private void namedLater(String recipient) {
        if (route.tenant().equals("litware")) {
            // The lifetime of a recipient whose connector is not known yet is not that of its connector.
            defer(recipient, start, 2, route.connector());
            return;
        }
        Instant first = defer(recipient, start, 1 + random.nextInt(2), null);
        if (random.nextInt(4) > 0) {
            // What the registry seemed to tell may turn out wrong, long after it led to an alert.
            Instant second = later(first).plus(Duration.ofHours(random.nextInt(5)));
            String named = random.nextBoolean() ? route.connector() : route.other();
            add(event(EventClass.DEFER, second, recipient, named, reply));
            defer(recipient, later(second), random.nextInt(2), null);
        }
    }

    private void noise(String recipient) {
        add(event(EventClass.OTHER, start, recipient, route.connector(), null));
        add(event(EventClass.DEFER, start.plusSeconds(1), recipient, route.connector(), "250 2.0.0 Queued elsewhere"));
        add(event(
                EventClass.FAIL,
                start.plusSeconds(2),
                "no-" + recipient.replaceFirst("@.*", "@nowhere.example"),
                null,
                "550 5.1.1 No such mailbox"));
        add(named(event(EventClass.CLOSE, start.plusSeconds(3), recipient, null, null), "DELIVER", "STOREDRIVER"));
        if (route.tenant().equals("fabrikam")) {
            add(event(EventClass.FAIL, start.plusSeconds(4), recipient, "from-internet", "550 5.1.1 No"));
        }
        if (random.nextInt(4) == 0) {
            Instant future = start.plusSeconds(360);
            rows.add(new Read(start, event(EventClass.DEFER, future, recipient, route.connector(), reply)));
        }
    }

    /** Some deferrals; the last of them. */
    private Instant defer(String recipient, Instant first, int times, String connector) {
        Instant at = first;
        for (int i = 0; i < times; i++) {
            at = i == 0 ? first : later(at);
            String text = random.nextInt(8) == 0 ? DEFERRALS.get(random.nextInt(DEFERRALS.size())) : reply;
            add(event(EventClass.DEFER, at, recipient, connector, text));
        }
        return at;
    }

    private Instant later(Instant at) {
        int[] minutes = {1, 5, 15, 30, 60};
        return at.plus(Duration.ofMinutes(minutes[random.nextInt(minutes.length)]))
                .plusMillis(random.nextInt(3) + 1);
    }

    private void pending(String recipient) {
        String connector = random.nextInt(3) > 0 ? route.connector() : null;
        if (route.tenant().equals("litware")) {
            connector = route.connector();
        }
        MessageTraceEvent row = named(event(EventClass.PENDING, start, recipient, connector, null), "Pending", null);
        rows.add(new Read(start.plusSeconds(20), row));
        if (random.nextBoolean()) {
            rows.add(new Read(start.plusSeconds(320), row));
        }
    }

    /** A final status stands at the time of receipt, and is read when it is over. */
    private void finish(String recipient, Instant over) {
        String status = random.nextBoolean() ? "Delivered" : "Failed";
        Instant readAt = later(over).plusSeconds(20);
        MessageTraceEvent row = named(event(EventClass.FINAL, start, recipient, null, null), status, null);
        rows.add(new Read(readAt, row));
    }

    /** Adds a row as the input brings it: in time, delayed, far too late, or more than once. */
    private void add(MessageTraceEvent event) {
        int fate = random.nextInt(100);
        Duration delay = Duration.ofMillis(random.nextInt(500));
        boolean late = false;
        if (!inOrder && fate < 15) {
            delay = Duration.ofMillis(random.nextInt(25_000));
        } else if (!inOrder && fate < 20) {
            delay = Duration.ofMillis(random.nextInt(570_000));
        } else if (!inOrder && fate < 23) {
            // A success alone is remembered for an hour, and what is read after that depends on when it is forgotten.
            boolean neverSent = plan.shape() == Plan.Shape.ABANDONED || plan.shape() == Plan.Shape.EXPIRED;
            delay = Duration.ofMinutes(12 + random.nextInt(neverSent ? 120 : 35));
            late = true;
        }
        rows.add(new Read(event.timestamp().plus(delay), event));
        for (int copy = random.nextInt(8); copy > 5 && !late; copy--) {
            int most = event.event() == EventClass.SEND ? 2_400 : 14_400;
            Duration again = delay.plusSeconds(random.nextInt(most));
            rows.add(new Read(event.timestamp().plus(again), again(event)));
        }
    }

    /** The same event as another source spells it. */
    private static MessageTraceEvent again(MessageTraceEvent event) {
        return withRecipient(event, event.recipient().toUpperCase(Locale.ROOT));
    }

    private MessageTraceEvent event(EventClass type, Instant at, String recipient, String connector, String text) {
        boolean toSmartHost = connector == null && route.connector().equals("edge-a") && random.nextBoolean();
        return new MessageTraceEvent(
                route.tenant(),
                at,
                type,
                type.name(),
                type == EventClass.PENDING || type == EventClass.FINAL ? null : "SMTP",
                message,
                null,
                null,
                null,
                recipient,
                "sender.example",
                connector,
                connector == null ? null : ConnectorSource.ROW,
                text,
                toSmartHost ? new Destination("edge-a.example", null, null) : null,
                null,
                route.platform(),
                null);
    }

    private static MessageTraceEvent named(MessageTraceEvent event, String name, String source) {
        return new MessageTraceEvent(
                event.tenant(),
                event.timestamp(),
                event.event(),
                name,
                source,
                event.networkMessageId(),
                null,
                null,
                null,
                event.recipient(),
                event.senderDomain(),
                event.connector(),
                event.connectorSource(),
                event.reply(),
                event.destination(),
                event.observedAt(),
                event.platform(),
                null);
    }

    private static MessageTraceEvent withRecipient(MessageTraceEvent event, String recipient) {
        return new MessageTraceEvent(
                event.tenant(),
                event.timestamp(),
                event.event(),
                event.eventName(),
                event.source(),
                event.networkMessageId(),
                null,
                null,
                null,
                recipient,
                event.senderDomain(),
                event.connector(),
                event.connectorSource(),
                event.reply(),
                event.destination(),
                event.observedAt(),
                event.platform(),
                null);
    }
}
