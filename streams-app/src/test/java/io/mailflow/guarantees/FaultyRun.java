package io.mailflow.guarantees;

import io.mailflow.config.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/** A run on real brokers during which instances and brokers are killed, each fault in the middle of the work. */
final class FaultyRun implements AutoCloseable {

    private static final Duration WORK_WITHIN = Duration.ofSeconds(90);
    private static final long SEED = 42;
    /** How long a part of the input takes to be written. */
    private static final Duration PART = Duration.ofSeconds(4);

    private final Reference reference;
    private final BrokerCluster cluster;
    private final List<ProgramInstance> instances;
    private final Replay replay;
    private final OutcomeReader outputs;
    private final Random random = new Random(SEED);
    private final List<Fault> faults = new ArrayList<>();

    /**
     * A fault as it was injected.
     *
     * @param what who was hit
     * @param done events accounted for and committed since the fault before
     * @param remaining records of the input that were not even written
     */
    record Fault(String what, long done, long remaining) {}

    private FaultyRun(
            Reference reference,
            BrokerCluster cluster,
            List<ProgramInstance> instances,
            Replay replay,
            OutcomeReader outputs) {
        this.reference = reference;
        this.cluster = cluster;
        this.instances = instances;
        this.replay = replay;
        this.outputs = outputs;
    }

    /** Starts brokers and two instances. */
    static FaultyRun start(Path directory, int brokers, Reference reference) {
        BrokerCluster cluster = BrokerCluster.start(directory, brokers);
        List<ProgramInstance> instances = new ArrayList<>();
        try {
            KafkaSettings kafka = Setup.kafka(cluster.bootstrapServers(), brokers);
            Setup.provision(kafka);
            instances.add(ProgramInstance.start(directory, "instance-1", kafka));
            instances.add(ProgramInstance.start(directory, "instance-2", kafka));
            instances.forEach(ProgramInstance::awaitRunning);
            return new FaultyRun(
                    reference, cluster, instances, new Replay(kafka, reference.tape()), new OutcomeReader(kafka));
        } catch (RuntimeException | Error e) {
            instances.forEach(ProgramInstance::close);
            cluster.close();
            throw e;
        }
    }

    /**
     * Writes a part of what remains, and hits somebody while it is being written and worked on: instances twice as
     * often as brokers.
     *
     * @param left how many faults are to come, this one included
     */
    void injectNext(int left) {
        int part = replay.remaining() / (left + 1);
        replay.paceTo(replay.written() + part, PART);
        long before = outputs.accounted();
        // Not every record is an event: a part's own number of them is less than its size.
        long enough = before + 1 + random.nextInt(Math.max(1, part / 4));
        Awaitility.await("work before fault " + (faults.size() + 1))
                .atMost(WORK_WITHIN)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    outputs.poll();
                    return outputs.accounted() >= enough;
                });
        strike(faults.size(), outputs.accounted() - before, replay.remaining());
    }

    private void strike(int number, long done, long remaining) {
        String what;
        if (number % 3 == 2) {
            what = hitBroker(random.nextInt(cluster.size()), number);
        } else {
            ProgramInstance victim = instances.get(random.nextInt(instances.size()));
            victim.kill();
            victim.start();
            what = "kill -9 of " + victim;
        }
        faults.add(new Fault(what, done, remaining));
        instances.forEach(ProgramInstance::failIfEnded);
    }

    private String hitBroker(int node, int number) {
        boolean planned = cluster.size() > 1 && number % 2 == 0;
        if (planned) {
            for (int each = 0; each < cluster.size(); each++) {
                cluster.stop(each);
                cluster.restart(each);
            }
            return "bounce of all brokers, one after another";
        }
        cluster.kill(node);
        cluster.restart(node);
        return "kill -9 of broker " + (node + 1);
    }

    /** Writes the rest and waits until everything has come out. */
    Outcome finish() {
        replay.writeAll();
        replay.end(reference.end());
        Outcome outcome = outputs.awaitEnd(reference.end());
        instances.forEach(ProgramInstance::failIfEnded);
        return outcome;
    }

    List<Fault> faults() {
        return faults;
    }

    /** Tells what was done to it, and what came of that. */
    void tell(List<String> differences) {
        StringBuilder text = new StringBuilder("SURVIVES_KILL on ")
                .append(cluster.size())
                .append(cluster.size() == 1 ? " broker: " : " brokers: ")
                .append(faults.size())
                .append(" faults injected into ")
                .append(reference.tape().size())
                .append(" records, ")
                .append(differences.size())
                .append(" differences found");
        faults.forEach(fault -> text.append("\n  ")
                .append(fault.what())
                .append(" after ")
                .append(fault.done())
                .append(" events, ")
                .append(fault.remaining())
                .append(" records still to come"));
        Numbers.tell(text.toString());
    }

    @Override
    public void close() {
        outputs.close();
        replay.close();
        instances.forEach(ProgramInstance::close);
        cluster.close();
    }
}
