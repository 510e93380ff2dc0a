package io.mailflow.tracker;

import io.mailflow.schema.ConnectorSource;
import io.mailflow.serde.BinaryInput;
import io.mailflow.serde.BinaryOutput;
import io.mailflow.tracker.Standing.Charge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The binary form of {@link RecipientMemory} and of facts. Each name is written once, however many attempts share it. */
final class MemoryFormat {

    /** By the number they are stored as: what is added goes to the end. */
    private static final List<Fact.Kind> KINDS = List.of(
            Fact.Kind.PENDING,
            Fact.Kind.DEFERRED,
            Fact.Kind.FAILED,
            Fact.Kind.SENT,
            Fact.Kind.CLOSED,
            Fact.Kind.DROPPED,
            Fact.Kind.EXPIRED,
            Fact.Kind.FINAL);

    /** Likewise. */
    private static final List<ConnectorSource> SOURCES = List.of(
            ConnectorSource.CUSTOM_DATA,
            ConnectorSource.ROW,
            ConnectorSource.EARLIER_ATTEMPT,
            ConnectorSource.LATER_ATTEMPT,
            ConnectorSource.SMART_HOST,
            ConnectorSource.RECIPIENT_DOMAIN,
            ConnectorSource.UNKNOWN);

    private MemoryFormat() {}

    static void write(BinaryOutput out, RecipientMemory memory) {
        Writer writer = new Writer();
        BinaryOutput body = writer.body;
        writer.past(memory.past());
        writer.facts(memory.facts());
        FinalStatus last = memory.last();
        body.flag(last != null);
        if (last != null) {
            body.signed(last.observedMs()).flag(last.failed());
        }
        body.unsigned(memory.marginMs()).signed(memory.evaluatedMs()).signed(memory.timerMs());
        writer.finish(out);
        memory.failed().write(out);
    }

    static RecipientMemory read(BinaryInput in) {
        Reader reader = new Reader(in);
        Past past = reader.past();
        List<Fact> facts = reader.facts();
        FinalStatus last = in.flag() ? new FinalStatus(in.signed(), in.flag()) : null;
        return new RecipientMemory(past, facts, last, in.unsigned(), in.signed(), in.signed(), Tallies.read(in));
    }

    /** Facts alone. */
    static byte[] bytes(List<Fact> facts) {
        Writer writer = new Writer();
        writer.facts(facts);
        BinaryOutput out = new BinaryOutput();
        writer.finish(out);
        return out.toBytes();
    }

    /** What {@link #bytes} wrote. */
    static List<Fact> facts(byte[] bytes) {
        return new Reader(new BinaryInput(bytes)).facts();
    }

    private static final class Writer {
        private final BinaryOutput body = new BinaryOutput();
        private final Map<String, Integer> texts = new LinkedHashMap<>();

        void finish(BinaryOutput out) {
            out.list(texts.keySet(), BinaryOutput::text).raw(body.toBytes());
        }

        private void text(String text) {
            body.unsigned(texts.computeIfAbsent(text, t -> texts.size()));
        }

        private void optionalText(@Nullable String text) {
            body.flag(text != null);
            if (text != null) {
                text(text);
            }
        }

        void past(Past past) {
            boolean some = past.untilMs() != Standing.NEVER;
            body.flag(some);
            if (!some) {
                return;
            }
            body.signed(past.untilMs());
            standing(past.standing());
            charge(past.named());
            body.unsigned(past.unnamed().size());
            for (Attempts attempts : past.unnamed()) {
                text(attempts.connector());
                text(attempts.code());
                optionalText(attempts.cause());
                body.flag(attempts.delivered())
                        .signed(attempts.firstMs())
                        .signed(attempts.lastMs())
                        .unsigned(attempts.number());
            }
        }

        private void standing(Standing standing) {
            body.signed(standing.sinceMs()).signed(standing.restartMs());
            charge(standing.pending());
            charge(standing.latest());
            body.signed(standing.closedMs()).flag(standing.attempted());
            Expiry expiry = standing.expiry();
            body.flag(expiry != null);
            if (expiry != null) {
                body.signed(expiry.atMs());
                text(expiry.connector());
                text(expiry.code());
                body.signed(expiry.sinceMs()).signed(expiry.deadlineMs());
            }
        }

        private void charge(@Nullable Charge charge) {
            body.flag(charge != null);
            if (charge != null) {
                body.signed(charge.atMs());
                text(charge.connector());
                text(charge.code());
                body.unsigned(charge.lifetimeMs());
            }
        }

        void facts(List<Fact> facts) {
            body.unsigned(facts.size());
            long previous = 0;
            for (Fact fact : facts) {
                body.signed(fact.atMs() - previous)
                        .octet(KINDS.indexOf(fact.kind()) << 4 | SOURCES.indexOf(fact.source()));
                previous = fact.atMs();
                text(fact.code());
                text(fact.name());
                optionalText(fact.cause());
                text(fact.connector());
                body.unsigned(fact.lifetimeMs()).flag(fact.counted());
            }
        }
    }

    private static final class Reader {
        private final BinaryInput in;
        private final List<String> texts;

        Reader(BinaryInput in) {
            this.in = in;
            this.texts = in.list(BinaryInput::text);
        }

        private String text() {
            return texts.get((int) in.unsigned());
        }

        private @Nullable String optionalText() {
            return in.flag() ? text() : null;
        }

        Past past() {
            if (!in.flag()) {
                return Past.NONE;
            }
            long until = in.signed();
            Standing standing = standing();
            Charge named = charge();
            List<Attempts> unnamed = new ArrayList<>();
            for (long left = in.unsigned(); left > 0; left--) {
                unnamed.add(new Attempts(
                        text(), text(), optionalText(), in.flag(), in.signed(), in.signed(), in.unsigned()));
            }
            return new Past(until, standing, named, unnamed);
        }

        private Standing standing() {
            long since = in.signed();
            long restart = in.signed();
            Charge pending = charge();
            Charge latest = charge();
            long closed = in.signed();
            boolean attempted = in.flag();
            Expiry expiry = in.flag() ? new Expiry(in.signed(), text(), text(), in.signed(), in.signed()) : null;
            return new Standing(since, restart, pending, latest, closed, expiry, attempted);
        }

        private @Nullable Charge charge() {
            return in.flag() ? new Charge(in.signed(), text(), text(), in.unsigned()) : null;
        }

        List<Fact> facts() {
            int count = (int) in.unsigned();
            List<Fact> facts = new ArrayList<>(Math.min(count, RecipientMemory.FACTS_KEPT));
            long at = 0;
            for (int i = 0; i < count; i++) {
                at += in.signed();
                int octet = in.octet();
                facts.add(new Fact(
                        at,
                        KINDS.get(octet >> 4),
                        text(),
                        text(),
                        optionalText(),
                        text(),
                        SOURCES.get(octet & 0xF),
                        in.unsigned(),
                        in.flag()));
            }
            return facts;
        }
    }
}
