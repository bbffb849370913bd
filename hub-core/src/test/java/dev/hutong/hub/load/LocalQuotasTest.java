package dev.hutong.hub.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LocalQuotasTest {
    private static final Quota TEN_A_SECOND = new Quota(10, Duration.ofSeconds(1), 5);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - 1_000); // such clocks begin anywhere and may overflow
    private final LocalQuotas quotas = new LocalQuotas(now::get);

    @Test
    void aBurstIsGrantedAndOneMoreIsNot() {
        for (int left = 4; left >= 0; left--) {
            assertThat(take(1)).isEqualTo(new Quotas.Answer(true, left, Duration.ZERO));
        }
        assertThat(take(1)).isEqualTo(new Quotas.Answer(false, 0, Duration.ofMillis(100)));
    }

    @Test
    void afterTheTimeThatWasToldTheNextIsGranted() {
        take(5);
        Duration retryAfter = take(1).retryAfter();
        passes(retryAfter.minusNanos(1));
        assertThat(take(1).granted()).isFalse();
        passes(Duration.ofNanos(1));
        assertThat(take(1).granted()).isTrue();
        assertThat(take(1).granted()).isFalse();
    }

    @Test
    void severalAreGrantedTogetherOrNotAtAll() {
        take(3);
        assertThat(take(3)).isEqualTo(new Quotas.Answer(false, 2, Duration.ofMillis(100)));
        assertThat(take(2).granted()).isTrue();
    }

    @Test
    void oneHoldersQuotaIsNotAnothers() {
        take(5);
        assertThat(quotas.take("other", TEN_A_SECOND, 5).granted()).isTrue();
    }

    @Test
    void aRestGivesTheWholeBurstAndNoMore() {
        take(5);
        passes(Duration.ofHours(3));
        assertThat(take(5).granted()).isTrue();
        assertThat(take(1).granted()).isFalse();
    }

    @Property(tries = 200)
    void inNoTimeIsMoreGrantedThanTheRateAndOneBurst(@ForAll @IntRange(min = 1, max = 400) int pauseMillis) {
        AtomicLong clock = new AtomicLong();
        LocalQuotas fresh = new LocalQuotas(clock::get);
        long granted = 0;
        for (int i = 0; i < 500; i++) {
            clock.addAndGet(Duration.ofMillis(pauseMillis).toNanos());
            granted += fresh.take("one", TEN_A_SECOND, 1).granted() ? 1 : 0;
        }
        assertThat(granted).isLessThanOrEqualTo(5 + 500L * pauseMillis * 10 / 1_000);
    }

    private Quotas.Answer take(int requests) {
        return quotas.take("one", TEN_A_SECOND, requests);
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
