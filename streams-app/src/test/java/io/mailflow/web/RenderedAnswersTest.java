package io.mailflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RenderedAnswersTest {

    private static final int READERS = 50;

    private final AtomicLong version = new AtomicLong(1);
    private final AtomicInteger made = new AtomicInteger();
    private final RenderedAnswers answers = new RenderedAnswers(version::get);

    @Test
    void shouldMakeAnAnswerOnceHoweverManyAskAtTheSameTime() throws Exception {
        CountDownLatch twoMake = new CountDownLatch(2);
        CountDownLatch allAsk = new CountDownLatch(READERS);
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        List<Future<Rendered>> got = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            got.add(readers.submit(() -> {
                allAsk.countDown();
                allAsk.await();
                return answers.of("connectors", () -> {
                    twoMake.countDown();
                    await(twoMake);
                    return make();
                });
            }));
        }
        for (Future<Rendered> one : got) {
            assertThat(one.get()).isSameAs(got.get(0).get());
        }
        readers.shutdown();
        assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made).hasValue(1);
    }

    @Test
    void shouldMakeItAnewForEveryVersionAndQuestion() {
        Rendered first = answers.of("connectors", this::make);
        Rendered other = answers.of("alerts", this::make);
        version.incrementAndGet();
        Rendered second = answers.of("connectors", this::make);

        assertThat(List.of(first, other, second)).doesNotHaveDuplicates();
        assertThat(answers.of("connectors", this::make)).isSameAs(second);
        assertThat(made).hasValue(3);
    }

    /** Another batch came while the answer was made: it may lack that batch. */
    @Test
    void shouldNotKeepAnAnswerForAVersionThatCameLater() {
        answers.of("connectors", () -> {
            version.incrementAndGet();
            return make();
        });

        answers.of("connectors", this::make);

        assertThat(made).hasValue(2);
    }

    @Test
    void shouldKeepNothingWhereMakingFails() {
        assertThatThrownBy(() -> answers.of("connectors", () -> {
                    throw new ProblemException(ProblemKind.NOT_FOUND, "There is none.");
                }))
                .isInstanceOf(ProblemException.class);

        assertThat(answers.of("connectors", this::make)).isNotNull();
    }

    @Test
    void shouldForgetWhatIsTooMuch() {
        for (int i = 0; i < 100; i++) {
            answers.of("page " + i, () -> new Rendered(new byte[1 << 20]));
        }

        assertThat(answers.bytes()).isLessThanOrEqualTo(32L << 20);
    }

    /** Time enough for another one to begin, if one does. */
    private static void await(CountDownLatch latch) {
        try {
            boolean unused = latch.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Rendered make() {
        return new Rendered(Integer.toString(made.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
    }
}
