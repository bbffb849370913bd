package dev.hutong.hub.resolve;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps of a decision, in their order. */
public enum Step {
    /** Which format is it? */
    RECOGNISE(1),
    /** Is it a whole code, and what is in it? */
    OPEN(1 << 1),
    /** Who signed it? */
    AUTHENTICATE(1 << 2),
    /** What does its issuer's platform say? */
    ASK(1 << 3),
    /** What does the native state mean? */
    MAP(1 << 4),
    /** What follows from it at the destination? */
    JUDGE(1 << 5),
    /** The decision is signed, where that was asked for. */
    SIGN(1 << 6),
    /** The decision is made durable. */
    RECORD(1 << 7);

    /** Every choice of the steps that one code goes, made once: how far a code came is told without making a list of it. */
    private static final List<List<Step>> CHOICES =
            IntStream.range(0, JUDGE.bit).mapToObj(Step::chosen).toList();

    private final int bit;
    private final String word = name().toLowerCase(Locale.ROOT);

    Step(int bit) {
        this.bit = bit;
    }

    private static List<Step> chosen(int bits) {
        return Stream.of(values()).filter(step -> (bits & step.bit) != 0).toList();
    }

    /** Those of the steps before {@link #JUDGE} whose bits these are, in their order. */
    static List<Step> of(int bits) {
        return CHOICES.get(bits);
    }

    /** Its own, of those that a number has. */
    int bit() {
        return bit;
    }

    /** As it stands in traces. */
    public String word() {
        return word;
    }
}
