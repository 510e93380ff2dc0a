package io.mailflow.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.mailflow.config.KafkaSettings;
import io.mailflow.readmodel.CapacityRow;
import io.mailflow.readmodel.FailureRates;
import io.mailflow.readmodel.Period;
import io.mailflow.runtime.Clients;
import io.mailflow.runtime.TopicProvisioner;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mailflow export}: failure rates for spreadsheets and data lakes. */
@Command(
        name = "export",
        description =
                "Write the failure rates of every connector and code, hour by hour or day by day, in the columns of"
                        + " /api/v1/capacity. Hours are kept 90 days, days 2 years.")
final class ExportCommand implements Callable<Integer> {

    /** Of one row. */
    enum By {
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1));

        private final Duration size;

        By(Duration size) {
            this.size = size;
        }
    }

    /** Of the file. */
    enum Format {
        CSV,
        JSON,
        PARQUET
    }

    @Option(
            names = "--from",
            required = true,
            paramLabel = "INSTANT",
            description = "Begin, such as 2026-01-01T00:00:00Z: rows that start then or later.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Instant from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "INSTANT",
            description = "End, exclusive: rows that start before.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Instant to;

    @Option(names = "--by", defaultValue = "hour", description = "hour or day (of UTC). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private By by;

    @Option(names = "--format", defaultValue = "csv", description = "csv, json or parquet. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Format format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write to this file. Default: standard output, but for parquet.")
    private @Nullable Path output;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!from.isBefore(to)) {
            throw new ParameterException(
                    spec.commandLine(), WrongUsage.isNot("--from", from, "a time before --to, which is " + to));
        }
        if (format == Format.PARQUET && output == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing option: --format parquet needs '--output FILE'; it is no text");
        }
        replace.check("--output", output);
        KafkaSettings kafka = TopicProvisioner.asProvisioned(options.load().kafka());
        List<CapacityRow> rates = FailureRates.read(Clients.settings(kafka), new Period(by.size, from, to)).stream()
                .map(RateRow::of)
                .toList();
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            write(rates, out);
            out.flush();
        } else {
            write(rates, output);
            PrintWriter err = spec.commandLine().getErr();
            err.printf("Wrote %s to %s.%n", Counted.of(rates.size(), "row"), output);
            err.flush();
        }
        return Mailflow.DONE;
    }

    private void write(List<CapacityRow> rates, Path file) throws IOException {
        if (format == Format.PARQUET) {
            RatesParquet.write(rates, file);
            return;
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            write(rates, out);
        }
    }

    private void write(List<CapacityRow> rates, Writer out) throws IOException {
        if (format == Format.CSV) {
            csv(rates, out);
        } else {
            json(rates, out);
        }
    }

    /** One row per line, so that a file of any size can be read row by row. */
    private static void json(List<CapacityRow> rates, Writer out) throws IOException {
        out.write("[");
        String between = "\n";
        for (CapacityRow rate : rates) {
            out.write(between);
            out.write(Json.MAPPER.writeValueAsString(rate));
            between = ",\n";
        }
        out.write("\n]\n");
    }

    private static void csv(List<CapacityRow> rates, Writer out) throws IOException {
        // The writer belongs to the caller.
        CsvWriter csv = CsvWriter.builder().build(out);
        csv.writeRecord(
                "tenant",
                "connector",
                "start",
                "code",
                "delivered",
                "failed",
                "failingShare",
                "messages",
                "recipients",
                "final");
        for (CapacityRow rate : rates) {
            csv.writeRecord(
                    inert(rate.tenant()),
                    inert(rate.connector()),
                    rate.start().toString(),
                    rate.code() == null ? "" : inert(rate.code()),
                    Long.toString(rate.delivered()),
                    Long.toString(rate.failed()),
                    rate.failingShare() == null ? "" : RateRow.digits(rate.failingShare()),
                    Long.toString(rate.messages()),
                    Long.toString(rate.recipients()),
                    Boolean.toString(rate.isFinal()));
        }
        csv.flush();
    }

    /** A name that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises. */
    private static String inert(String name) {
        return !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }
}
