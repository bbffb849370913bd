package dev.hutong.conformance.province;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** What a platform knows of one code: the person's record, the behaviour at each step, and how often each step was asked. */
final class Answer {
    private final JsonNode record;
    private final List<Behaviour> behaviours;
    private final AtomicIntegerArray requests;

    Answer(JsonNode record, List<Behaviour> behaviours, int steps) {
        this.record = record;
        this.behaviours = List.copyOf(behaviours);
        this.requests = new AtomicIntegerArray(steps);
    }

    JsonNode record() {
        return record;
    }

    Behaviour behaviour(int step) {
        return step < behaviours.size() ? behaviours.get(step) : Behaviour.honest();
    }

    /** Counts a request and says which one it is, from 1 on. */
    int asked(int step) {
        return requests.incrementAndGet(step);
    }

    int requests(int step) {
        return requests.get(step);
    }

    int requests() {
        int sum = 0;
        for (int step = 0; step < requests.length(); step++) {
            sum += requests.get(step);
        }
        return sum;
    }
}
