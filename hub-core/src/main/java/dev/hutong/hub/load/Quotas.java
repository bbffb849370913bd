package dev.hutong.hub.load;

import java.time.Duration;

/** Who has asked how often lately? Answers at once, on any thread; what several hubs share they tell each other afterwards. */
public interface Quotas {
    /**
     * What came of asking.
     *
     * @param granted whether it may be done
     * @param remaining how many requests more may be made at once, from 0
     * @param retryAfter after what time it is worth trying again; zero where it was granted
     */
    record Answer(boolean granted, long remaining, Duration retryAfter) {}

    /**
     * Takes requests out of somebody's quota, all of them or none.
     *
     * @param holder whose quota it is, such as a client's id or an address; quotas of different kinds need different names
     * @param requests how many, 1 or more
     */
    Answer take(String holder, Quota quota, int requests);
}
