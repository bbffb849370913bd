package dev.hutong.hub.config;

import dev.hutong.hub.clients.Role;
import dev.hutong.hub.load.Limits;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.QuotaPlan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is done when more is asked than can be answered: {@code load} in {@code hub.yaml}.
 *
 * @param limits of each event loop
 * @param batch of each batch
 * @param quotas who may ask how often
 */
public record LoadConfig(Limits limits, BatchConfig batch, QuotaPlan quotas) {
    private static final Quota GENEROUS = new Quota(20_000, Duration.ofSeconds(1), 40_000);

    /** What holds where {@code hub.yaml} says nothing. */
    public static final LoadConfig DEFAULT = new LoadConfig(
            new Limits(Duration.ofMillis(35), 1_024),
            new BatchConfig(1_000, 1_048_576),
            new QuotaPlan(
                    GENEROUS,
                    Map.of(
                            Role.VERIFIER, GENEROUS,
                            Role.ISSUER, new Quota(50, Duration.ofSeconds(1), 500),
                            Role.OPERATOR, new Quota(50, Duration.ofSeconds(1), 500),
                            Role.AUDITOR, new Quota(200, Duration.ofSeconds(1), 2_000)),
                    new Quota(10, Duration.ofMinutes(1), 200),
                    new Quota(20, Duration.ofSeconds(1), 500)));

    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(1);

    /** A batch holds one of these for its whole time, and its lines need others. */
    private static final int FEWEST_IN_FLIGHT = 16;

    private static final Pattern RATE = Pattern.compile("([0-9]{1,9})/(s|m|h)");

    /**
     * @param lines how many lines a batch may have
     * @param octets how long all of them may be together
     */
    public record BatchConfig(int lines, int octets) {}

    public LoadConfig withLimits(Limits other) {
        return new LoadConfig(other, batch, quotas);
    }

    public LoadConfig withBatch(BatchConfig other) {
        return new LoadConfig(limits, other, quotas);
    }

    public LoadConfig withQuotas(QuotaPlan other) {
        return new LoadConfig(limits, batch, other);
    }

    static LoadConfig read(ConfigTree tree) {
        Map<Role, Quota> roleToQuota = new EnumMap<>(Role.class);
        DEFAULT.quotas()
                .roleToQuota()
                .forEach((role, quota) ->
                        roleToQuota.put(role, quota(tree, role.name().toLowerCase(Locale.ROOT), quota)));
        return new LoadConfig(
                new Limits(
                        tree.duration("load.patience", DEFAULT.limits().patience()),
                        tree.count("load.inFlight", DEFAULT.limits().inFlight())),
                new BatchConfig(
                        tree.count("load.batch.lines", DEFAULT.batch().lines()),
                        tree.count("load.batch.octets", DEFAULT.batch().octets())),
                new QuotaPlan(
                        quota(tree, "default", DEFAULT.quotas().otherwise()),
                        roleToQuota,
                        quota(tree, "proposals", DEFAULT.quotas().proposals()),
                        quota(tree, "tokens", DEFAULT.quotas().tokens())));
    }

    private static Quota quota(ConfigTree tree, String name, Quota otherwise) {
        String path = "load.quota." + name;
        int burst = tree.count(path + ".burst", otherwise.burst());
        Optional<String> text = tree.text(path + ".rate");
        if (text.isEmpty()) {
            return new Quota(otherwise.requests(), otherwise.each(), burst);
        }
        Matcher rate = RATE.matcher(text.get());
        if (!rate.matches() || Integer.parseInt(rate.group(1)) == 0) {
            tree.mistakes().add(path + ".rate: a rate such as 500/s, 10/m or 5/h is expected, not " + text.get());
            return otherwise;
        }
        Duration each = switch (rate.group(2)) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        return new Quota(Integer.parseInt(rate.group(1)), each, burst);
    }

    /** What is wrong with a configuration, however it was made. */
    void addMistakes(List<String> mistakes) {
        if (limits.patience().compareTo(LONGEST_PATIENCE) > 0) {
            mistakes.add("load.patience: at most " + LONGEST_PATIENCE.toMillis()
                    + "ms; who is refused later than that has long given up");
        }
        atLeast(FEWEST_IN_FLIGHT, limits.inFlight(), "load.inFlight", mistakes);
        atLeast(1, batch.lines(), "load.batch.lines", mistakes);
        atLeast(1, batch.octets(), "load.batch.octets", mistakes);
        atLeast(1, quotas.otherwise().burst(), "load.quota.default.burst", mistakes);
        atLeast(1, quotas.proposals().burst(), "load.quota.proposals.burst", mistakes);
        atLeast(1, quotas.tokens().burst(), "load.quota.tokens.burst", mistakes);
        quotas.roleToQuota()
                .forEach((role, quota) -> atLeast(
                        1, quota.burst(), "load.quota." + role.name().toLowerCase(Locale.ROOT) + ".burst", mistakes));
    }

    private static void atLeast(int least, int value, String path, List<String> mistakes) {
        if (value < least) {
            mistakes.add(path + ": at least " + least);
        }
    }
}
