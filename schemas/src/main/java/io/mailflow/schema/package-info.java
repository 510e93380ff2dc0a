/**
 * The language of the program: what travels on its topics and what {@code analyze --json} prints.
 *
 * <p>Every type is an immutable record or an enum, readable and writable by Jackson as the JSON that the schemas in
 * {@code /io/mailflow/schema/*.schema.json} describe. Instants are ISO 8601 UTC with millisecond resolution, durations
 * ISO 8601. Nothing here knows Kafka.
 */
@NullMarked
package io.mailflow.schema;

import org.jspecify.annotations.NullMarked;
