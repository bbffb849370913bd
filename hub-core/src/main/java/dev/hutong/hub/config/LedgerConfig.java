package dev.hutong.hub.config;

import dev.hutong.hub.ledger.PseudonymPeriod;
import java.time.DateTimeException;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How decisions are kept: {@code ledger} in {@code hub.yaml}.
 *
 * @param whenStoreIsGone what becomes of decisions while the ledger's store takes nothing
 * @param spoolLimitMebibytes how large the journal may grow, 1 to 1,048,576
 * @param pseudonymPeriod for how long one key of pseudonyms is used
 * @param pseudonymRetention for how long after its period such a key is kept, from a day
 */
public record LedgerConfig(
        WhenStoreIsGone whenStoreIsGone,
        int spoolLimitMebibytes,
        PseudonymPeriod pseudonymPeriod,
        Period pseudonymRetention) {
    static final LedgerConfig DEFAULT =
            new LedgerConfig(WhenStoreIsGone.REFUSE, 1_024, PseudonymPeriod.MONTH, Period.ofMonths(6));

    private static final int LARGEST_SPOOL = 1 << 20;

    /** What becomes of decisions while the store takes nothing. */
    public enum WhenStoreIsGone {
        /** None is answered. */
        REFUSE,
        /** They go to a journal in the data folder, and into the store when it is back. */
        SPOOL
    }

    static LedgerConfig read(ConfigTree tree) {
        int limit = tree.count("ledger.spoolLimitMiB", DEFAULT.spoolLimitMebibytes);
        if (limit < 1 || limit > LARGEST_SPOOL) {
            tree.mistakes().add("ledger.spoolLimitMiB: 1 to " + LARGEST_SPOOL + ", not " + limit);
        }
        return new LedgerConfig(
                choice(tree, "ledger.whenStoreIsGone", WhenStoreIsGone.values(), DEFAULT.whenStoreIsGone),
                limit,
                choice(tree, "ledger.pseudonyms.period", PseudonymPeriod.values(), DEFAULT.pseudonymPeriod),
                retention(tree, "ledger.retention.pseudonyms", DEFAULT.pseudonymRetention));
    }

    private static <E extends Enum<E>> E choice(ConfigTree tree, String path, E[] choices, E otherwise) {
        Optional<String> text = tree.text(path);
        if (text.isEmpty()) {
            return otherwise;
        }
        List<String> names = Arrays.stream(choices)
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(text.get())) {
            tree.mistakes().add(path + ": one of " + String.join(", ", names) + " is expected, not " + text.get());
            return otherwise;
        }
        return choices[names.indexOf(text.get())];
    }

    private static Period retention(ConfigTree tree, String path, Period otherwise) {
        return tree.text(path)
                .map(text -> {
                    try {
                        Period period = Period.parse(text);
                        if (!period.isNegative() && !period.isZero()) {
                            return period;
                        }
                    } catch (DateTimeException noPeriod) {
                        // Told below, as every other text that is none.
                    }
                    tree.mistakes().add(path + ": a period such as P6M, P90D or P1Y is expected, not " + text);
                    return otherwise;
                })
                .orElse(otherwise);
    }

    public LedgerConfig withWhenStoreIsGone(WhenStoreIsGone other) {
        return new LedgerConfig(other, spoolLimitMebibytes, pseudonymPeriod, pseudonymRetention);
    }

    public LedgerConfig withPseudonymRetention(Period other) {
        return new LedgerConfig(whenStoreIsGone, spoolLimitMebibytes, pseudonymPeriod, other);
    }

    /** How many octets the journal may hold. */
    public long spoolLimitOctets() {
        return (long) spoolLimitMebibytes << 20;
    }
}
