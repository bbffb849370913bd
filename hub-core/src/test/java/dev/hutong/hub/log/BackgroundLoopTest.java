package dev.hutong.hub.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
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

    @RepeatedTest(5)
    void aTurnThatIsHastenedIsTakenAtOnceAndOnceMoreWhereOneIsUnderWay() throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        Semaphore begun = new Semaphore(0);
        Semaphore mayEnd = new Semaphore(0);
        BackgroundLoop loop = BackgroundLoop.start(vertx, Duration.ofHours(1), () -> {
            begun.release();
            mayEnd.acquireUninterruptibly();
        });

        loop.hasten();
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        loop.hasten();
        loop.hasten();
        assertThat(begun.tryAcquire()).as("one at a time").isFalse();
        mayEnd.release();
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        mayEnd.release();
        loop.hasten();
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        mayEnd.release(10); // there may be one more, since a wish may come just after a turn

        vertx.close().await();
        loop.hasten();
    }
}
