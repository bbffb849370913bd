package dev.hutong.conformance.province;

import dev.hutong.conformance.jose.Base64Url;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All that a platform knows: answers by code, and the opaque handles it has handed out from one step to the next. Safe for use by several threads. */
final class AnswerBook {
    private static final int HANDLES_KEPT = 10_000;

    private final Map<ScannedCode, Answer> codeToAnswer = new ConcurrentHashMap<>();
    private final Map<ScannedCode, Answer> handleToAnswer = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ScannedCode, Answer> eldest) {
            return size() > HANDLES_KEPT;
        }
    };
    private final SecureRandom random = new SecureRandom();

    void enter(ScannedCode code, Answer answer) {
        codeToAnswer.put(code, answer);
    }

    /** The answer behind the input of a step: a code at the first, a handle at every later one. */
    Optional<Answer> find(int step, ScannedCode input) {
        if (step == 0) {
            return Optional.ofNullable(codeToAnswer.get(input));
        }
        synchronized (handleToAnswer) {
            return Optional.ofNullable(handleToAnswer.get(input));
        }
    }

    String handle(Answer answer) {
        byte[] opaque = new byte[24];
        random.nextBytes(opaque);
        String handle = Base64Url.encode(opaque);
        synchronized (handleToAnswer) {
            handleToAnswer.put(ScannedCode.ofText(handle), answer);
        }
        return handle;
    }
}
