package io.mailflow.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mailflow.config.RouteSettings;
import io.mailflow.config.SecretSource;
import io.mailflow.serde.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Sends alerts to one Alertmanager (API v2). */
final class AlertmanagerClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int LONGEST_REASON = 300;

    private final HttpClient http;
    private final URI endpoint;
    private final RouteSettings settings;
    private final Duration answerWithin;

    AlertmanagerClient(URI address, RouteSettings settings) {
        this(address, settings, ANSWER_WITHIN);
    }

    /** @param answerWithin how long a call may take, to the end of the answer */
    AlertmanagerClient(URI address, RouteSettings settings, Duration answerWithin) {
        this.answerWithin = answerWithin;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build();
        this.endpoint = URI.create(address + "/api/v2/alerts");
        this.settings = settings;
    }

    /** Sends them all in one call. The future never fails: what went wrong is the answer. */
    CompletableFuture<Answer> post(List<PostableAlert> alerts) {
        HttpRequest request;
        try {
            request = request(alerts);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(new Answer.Unreachable("not asked, as " + e.getMessage()));
        }
        CompletableFuture<HttpResponse<String>> call = http.sendAsync(request, head -> new ShortBody());
        // The request's own timeout ends with the head of the answer; a body that never ends must not hold up the rest.
        return call.copy()
                .orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> call.cancel(true))
                .thenApply(AlertmanagerClient::answer)
                .exceptionally(AlertmanagerClient::unreachable);
    }

    private HttpRequest request(List<PostableAlert> alerts) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(answerWithin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(alerts)));
        Optional<String> authorization = authorization();
        try {
            authorization.ifPresent(value -> request.header("Authorization", value));
        } catch (IllegalArgumentException e) {
            // Its message holds the secret, so it is not passed on.
            throw new IOException(
                    "the secret at " + settings.bearerToken() + " holds characters that no header can hold");
        }
        return request.build();
    }

    private static byte[] body(List<PostableAlert> alerts) {
        try {
            return Json.MAPPER.writeValueAsBytes(alerts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An alert cannot be written as JSON", e);
        }
    }

    private Optional<String> authorization() throws IOException {
        SecretSource token = settings.bearerToken();
        if (token != null) {
            return Optional.of("Bearer " + token.read());
        }
        SecretSource password = settings.password();
        if (settings.user() != null && password != null) {
            byte[] pair = (settings.user() + ":" + password.read()).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return Optional.empty();
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer.Accepted();
        }
        String reason = "HTTP " + status + " " + shortened(response.body());
        boolean temporary = status >= 500 || status == 408 || status == 429;
        return temporary ? new Answer.Unreachable(reason) : new Answer.Refused(status, reason);
    }

    private static Answer unreachable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Answer.Unreachable(
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName()));
    }

    private static String shortened(String body) {
        String line = body.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
