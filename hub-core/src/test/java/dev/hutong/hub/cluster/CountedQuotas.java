package dev.hutong.hub.cluster;

import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.Quotas;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Quotas that never grow back: what they come to does not depend on time. */
final class CountedQuotas implements Quotas {
    private final Map<String, Long> holderToTaken = new HashMap<>();

    @Override
    public synchronized Answer take(String holder, Quota quota, int requests) {
        long left = quota.burst() - holderToTaken.getOrDefault(holder, 0L);
        if (requests > left) {
            return new Answer(false, left, Duration.ofSeconds(1));
        }
        holderToTaken.merge(holder, (long) requests, Long::sum);
        return new Answer(true, left - requests, Duration.ZERO);
    }
}
