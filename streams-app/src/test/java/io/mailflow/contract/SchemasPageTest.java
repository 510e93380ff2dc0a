package io.mailflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.contract.AsyncApi.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of topics in {@code docs/schemas.md} is what the AsyncAPI document says. */
class SchemasPageTest {

    private static final Path PAGE = Path.of("..", "docs", "schemas.md");
    private static final String HEAD = """
            | topic | key | value | cleanup | written by | read by |
            |--|--|--|--|--|--|
            """;

    /** When it fails, it prints the table to put into the page. */
    @Test
    void shouldHoldTheTableOfTopics() throws IOException {
        String table = AsyncApi.channels().stream().map(SchemasPageTest::row).collect(Collectors.joining("", HEAD, ""));

        assertThat(Files.readString(PAGE)).contains("\n\n" + table + "\n");
    }

    private static String row(Channel channel) {
        String schema = channel.schema();
        return "| `%s` | %s | %s | %s | %s | %s |%n"
                .formatted(
                        channel.topic(),
                        channel.key(),
                        schema.isEmpty()
                                ? channel.message().get("contentType").asText()
                                : "[%s](../schemas/src/main/resources/io/mailflow/schema/%s)"
                                        .formatted(schema.replace(".schema.json", ""), schema),
                        cleanup(channel),
                        channel.node().get("x-written-by").asText(),
                        channel.node().get("x-read-by").asText())
                .replace("\r", "");
    }

    private static String cleanup(Channel channel) {
        long keptMs = channel.kafka().at("/topicConfiguration/retention.ms").asLong();
        String policy = channel.cleanup().replace(",", ", ");
        return keptMs == 0
                ? policy
                : policy + " after " + Duration.ofMillis(keptMs).toDays() + " days";
    }
}
