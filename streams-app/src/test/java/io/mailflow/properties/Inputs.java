package io.mailflow.properties;

import io.mailflow.oracle.Fed;
import io.mailflow.schema.EndOfInput;
import io.mailflow.schema.ProgressMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;

/** Inputs as they stand on the topic, made from the plans of messages. */
final class Inputs {

    private Inputs() {}

    /**
     * The rows of all messages in the order in which they are read, and the end of the input.
     *
     * @param gap minutes without any traffic in the middle
     * @param rest minutes from the last row to the final clock
     * @param sources source partitions
     */
    static List<Fed> of(List<Plan> plans, int gap, int rest, int sources) {
        int middle = plans.stream().mapToInt(Plan::startMinute).max().orElse(0) / 2;
        List<Script.Read> rows = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            Plan plan = plans.get(i);
            int start = plan.startMinute() <= middle ? plan.startMinute() : plan.startMinute() + gap;
            rows.addAll(Script.of(new Plan(start, plan.route(), plan.shape(), plan.seed()), i));
        }
        rows.sort(Comparator.comparing(Script.Read::readAt));
        List<Fed> input = new ArrayList<>();
        Instant last = World.START;
        for (Script.Read row : rows) {
            int source = Math.floorMod(row.event().networkMessageId().hashCode(), sources);
            input.add(new Fed(source, row.readAt(), row.event()));
            if (row.event().timestamp().toEpochMilli() % 16 == 0) {
                // A quiet source says how far it is, after the reorder bound like everybody else.
                int quiet = (source + 1) % sources;
                input.add(new Fed(
                        quiet, row.readAt(), new ProgressMark(row.readAt().minusSeconds(30))));
            }
            last = row.readAt();
        }
        Instant end = last.plus(Duration.ofMinutes(rest)).plusMillis(1);
        for (int source = 0; source < sources; source++) {
            input.add(new Fed(source, end, new EndOfInput(end)));
        }
        return input;
    }

    /** Moves records about by up to nine minutes, less than the lateness allows. */
    static void shuffle(List<Fed> input, Random random) {
        IdentityHashMap<Fed, Instant> readAt = new IdentityHashMap<>();
        input.forEach(fed -> readAt.put(fed, fed.producedAt().plusSeconds(random.nextInt(540))));
        input.sort(Comparator.comparing(readAt::get));
    }
}
