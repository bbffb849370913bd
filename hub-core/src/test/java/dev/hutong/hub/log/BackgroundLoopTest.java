package dev.hutong.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

class BackgroundLoopTest {
    @RepeatedTest(5)
    void turnsGoOnWhateverOneThrowsAndEndWithVertxWithoutAWord() throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        vertx.exceptionHandler(uncaught::add);
        CountDownLatch turns = new CountDownLatch(3);

        BackgroundLoop.start(vertx, Duration.ofMillis(1), () -> {
            turns.countDown();
            throw new IllegalStateException("a turn that fails");
        });

        assertThat(turns.await(20, TimeUnit.SECONDS)).isTrue();
        vertx.close().await();
        assertThat(uncaught).isEmpty();
    }
}
