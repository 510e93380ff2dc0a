package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.readmodel.ReadState;
import io.mailflow.readmodel.Records;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventStreamTest {

    @TempDir
    Path folder;

    @Test
    void shouldTellTheStateFirstAndThenWhatChanges() throws Exception {
        try (Site site = Site.open(folder)) {
            HttpResponse<InputStream> answer = site.client()
                    .send(
                            HttpRequest.newBuilder(site.uri("/api/v1/events"))
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            BodyHandlers.ofInputStream());
            try (InputStream body = answer.body();
                    Scanner lines = new Scanner(body, StandardCharsets.UTF_8)) {
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/event-stream");
                assertThat(data(lines, "state")).isEqualTo("{\"state\":\"running\",\"reason\":null}");

                Records more = new Records();
                more.alert(Records.alert().put("sequence", 3).put("publication", "repeated"));
                site.server.accept(more.into(site.model));
                String changes = data(lines, "changes");
                assertThat(OpenApi.errors("Changes", changes)).isEmpty();
                assertThat(changes)
                        .contains(
                                "\"connectors\":[{\"tenant\":\"northwind\",\"connector\":\"To Contoso head office\"}]")
                        .contains("\"publication\":\"repeated\"")
                        .contains("\"pipeline\":false");

                site.state = ReadState.REBALANCING;
                String state = data(lines, "state");
                assertThat(state).contains("rebalancing");
                assertThat(OpenApi.errors("StateChange", state)).isEmpty();
            }
            Records further = new Records();
            further.health("northwind", "Quiet", 1);
            Awaitility.await().until(() -> {
                site.server.accept(further.into(site.model));
                return site.get("/metrics").body().contains("mailflow_event_followers 0");
            });
        }
    }

    private static String data(Scanner lines, String event) throws IOException {
        String line = lines.nextLine();
        while (!line.equals("event: " + event)) {
            line = lines.nextLine();
        }
        return lines.nextLine().substring("data: ".length());
    }
}
