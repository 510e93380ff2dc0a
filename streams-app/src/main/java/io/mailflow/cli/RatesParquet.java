package io.mailflow.cli;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import blue.strategic.parquet.ParquetWriter;
import blue.strategic.parquet.ValueWriter;
import io.mailflow.readmodel.CapacityRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** Failure rates as Parquet: the columns of the CSV, typed; times in UTC, names as they are. */
final class RatesParquet {

    private static final MessageType SCHEMA = Types.buildMessage()
            .required(BINARY)
            .as(stringType())
            .named("tenant")
            .required(BINARY)
            .as(stringType())
            .named("connector")
            .required(INT64)
            .as(timestampType(true, TimeUnit.MILLIS))
            .named("start")
            .optional(BINARY)
            .as(stringType())
            .named("code")
            .required(INT64)
            .named("delivered")
            .required(INT64)
            .named("failed")
            .optional(DOUBLE)
            .named("failingShare")
            .required(INT64)
            .named("messages")
            .required(INT64)
            .named("recipients")
            .required(BOOLEAN)
            .named("final")
            .named("failure_rate");

    private RatesParquet() {}

    /** Writes a file, which is replaced. */
    static void write(List<CapacityRow> rates, Path file) throws IOException {
        try (ParquetWriter<CapacityRow> writer = ParquetWriter.writeFile(SCHEMA, file.toFile(), RatesParquet::row)) {
            for (CapacityRow rate : rates) {
                writer.write(rate);
            }
        }
    }

    private static void row(CapacityRow rate, ValueWriter row) {
        row.write("tenant", rate.tenant());
        row.write("connector", rate.connector());
        row.write("start", rate.start().toEpochMilli());
        if (rate.code() != null) {
            row.write("code", rate.code());
        }
        row.write("delivered", rate.delivered());
        row.write("failed", rate.failed());
        if (rate.failingShare() != null) {
            row.write("failingShare", rate.failingShare());
        }
        row.write("messages", rate.messages());
        row.write("recipients", rate.recipients());
        row.write("final", rate.isFinal());
    }
}
