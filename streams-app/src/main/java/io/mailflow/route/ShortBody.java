package io.mailflow.route;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The beginning of an answer's body: whatever a server sends, no more than that is read and kept. */
final class ShortBody implements BodySubscriber<String> {

    private static final int MOST_BYTES = 4 * 1024;

    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final byte[] bytes = new byte[MOST_BYTES];
    private int size;
    private @Nullable Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Subscription body) {
        subscription = body;
        body.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int taken = Math.min(buffer.remaining(), MOST_BYTES - size);
            buffer.get(bytes, size, taken);
            size += taken;
        }
        if (size == MOST_BYTES && subscription != null) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(new String(bytes, 0, size, StandardCharsets.UTF_8));
    }
}
