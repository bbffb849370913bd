package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was found on single payloads: of each kind the first case, for a thousand alike say no more. */
final class CaseFindings {
    private static final int LONGEST_CASE = 600;

    private final Subject subject;
    private final Map<String, Finding> kindToFinding = new LinkedHashMap<>();

    CaseFindings(Subject subject) {
        this.subject = subject;
    }

    void error(String kind, JsonPointer at, String message, String remedy) {
        kindToFinding.computeIfAbsent(kind, first -> subject.error(Check.INVARIANTS, at, message, remedy));
    }

    void warning(String kind, JsonPointer at, String message, String remedy) {
        kindToFinding.computeIfAbsent(kind, first -> subject.warning(Check.INVARIANTS, at, message, remedy));
    }

    Collection<Finding> all() {
        return kindToFinding.values();
    }

    /** The case, as the end of a message. */
    static String on(SignedExample signed, Instant now) {
        String payload = signed.payload().toString();
        return "; at " + now + " on "
                + (payload.length() <= LONGEST_CASE ? payload : payload.substring(0, LONGEST_CASE) + "…");
    }
}
