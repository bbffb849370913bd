package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds of every format, whatever its issuer has signed and whenever it is asked. */
class StatementPropertiesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long DAYS_AROUND = Duration.ofDays(31).toMillis();
    private static final Instant SIGNED = Instant.parse("2026-01-05T08:00:00Z");

    /** What the examples of all packages have signed. */
    private static final List<Signed> SIGNED_BY_EXAMPLE =
            FormatVersions.bundled(TestPackages.REGIONS).packages().stream()
                    .flatMap(StatementPropertiesTest::examples)
                    .toList();

    /** What a member may be exchanged for: states of all formats, values of other types, times near the ends. */
    private static final List<JsonNode> VALUES = List.of(
            JSON.textNode("G"),
            JSON.textNode("R"),
            JSON.textNode("R3"),
            JSON.textNode("00"),
            JSON.textNode("01"),
            JSON.textNode("10"),
            JSON.textNode("green"),
            JSON.textNode("red"),
            JSON.textNode(""),
            JSON.textNode("36.5"),
            JSON.textNode("37.3"),
            JSON.textNode("39.0"),
            JSON.textNode("阳性"),
            JSON.textNode("2026-01-05"),
            JSON.textNode("2026-01-04 16:00:00"),
            JSON.numberNode(0),
            JSON.numberNode(1),
            JSON.numberNode(3),
            JSON.numberNode(37.3),
            JSON.numberNode(1_767_596_400L),
            JSON.numberNode(1_767_427_200_000L),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.numberNode((1L << 62) / 1000 - 1),
            JSON.booleanNode(true),
            JSON.nullNode(),
            JSON.arrayNode(),
            JSON.objectNode());

    @Property
    void anExpiredStatementIsNeverLow(@ForAll("signed") Signed signed, @ForAll("moments") Instant now) {
        for (Statement statement : signed.statementsAt(now)) {
            Instant end = statement.validUntil();
            if (end != null && !now.isBefore(end)) {
                assertThat(statement.risk()).isEqualTo(Risk.UNKNOWN);
                assertThat(statement.reason())
                        .isIn(Reason.EXPIRED_CODE, Reason.EXPIRED_DECLARATION, Reason.EXPIRED_STATEMENT);
            }
        }
    }

    @Property
    void nothingBecomesGreenAsTimeGoesByAndWhatIsGoodStaysAsItIsUntilItsEnd(
            @ForAll("signed") Signed signed, @ForAll("moments") Instant one, @ForAll("moments") Instant other) {
        Instant earlier = one.isBefore(other) ? one : other;
        Instant later = one.isBefore(other) ? other : one;
        List<Statement> before = signed.statementsAt(earlier);
        List<Statement> after = signed.statementsAt(later);
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).risk() != Risk.LOW) {
                assertThat(after.get(i).risk()).isNotEqualTo(Risk.LOW);
            }
            Instant end = before.get(i).validUntil();
            if (before.get(i).isValid() && later.isBefore(Objects.requireNonNull(end))) {
                assertThat(after.get(i).risk()).isEqualTo(before.get(i).risk());
                assertThat(after.get(i).validUntil()).isEqualTo(end);
            }
        }
    }

    @Property
    void noStatementOutlivesItsCode(@ForAll("signed") Signed signed, @ForAll("moments") Instant now) {
        Instant codeEnds = signed.codeEnds;
        assumeThat(codeEnds).isNotNull();
        for (Statement statement : signed.statementsAt(now)) {
            Instant end = statement.validUntil();
            assertThat(end == null || !end.isAfter(Objects.requireNonNull(codeEnds)))
                    .isTrue();
        }
    }

    /** A signed payload of a format. */
    record Signed(
            FormatPackage format,
            JsonNode payload,
            @Nullable Instant codeEnds) {
        /** None where the payload is refused. */
        List<Statement> statementsAt(Instant now) {
            Outcome<List<Statement>> outcome = format.envelope()
                    .statementToken()
                    .read(payload)
                    .then(claims -> new SignedClaims(format, claims, codeEnds).map(now));
            return switch (outcome) {
                case Outcome.Passed<List<Statement>>(List<Statement> statements) -> statements;
                case Outcome.Refused<List<Statement>> refused -> List.of();
            };
        }

        /** The same with other values in place of some members, at any depth. */
        Signed exchange(Random random, int members) {
            JsonNode exchanged = payload.deepCopy();
            for (int i = 0; i < members; i++) {
                List<JsonNode> parents = new ArrayList<>(exchanged.findParents("date"));
                parents.add(exchanged);
                exchanged.forEach(child -> {
                    parents.add(child);
                    child.forEach(parents::add);
                });
                if (parents.get(random.nextInt(parents.size())) instanceof ObjectNode parent && !parent.isEmpty()) {
                    List<String> names = new ArrayList<>();
                    parent.fieldNames().forEachRemaining(names::add);
                    parent.set(names.get(random.nextInt(names.size())), VALUES.get(random.nextInt(VALUES.size())));
                }
            }
            return new Signed(format, exchanged, codeEnds);
        }
    }

    @Provide
    Arbitrary<Signed> signed() {
        return Combinators.combine(
                        Arbitraries.of(SIGNED_BY_EXAMPLE),
                        Arbitraries.randoms(),
                        Arbitraries.integers().between(0, 2))
                .as(Signed::exchange);
    }

    /** From a month before the examples were signed to a month after, the boundaries of the formats among them. */
    @Provide
    Arbitrary<Instant> moments() {
        Arbitrary<Long> anywhere = Arbitraries.longs().between(-DAYS_AROUND, DAYS_AROUND);
        Arbitrary<Long> boundaries = Arbitraries.of(0L, 120_000L, 360_000L, 660_000L, 66_153_000L, 82_800_000L)
                .flatMap(end -> Arbitraries.of(end - 1, end, end + 1));
        return Arbitraries.oneOf(anywhere, boundaries).map(SIGNED::plusMillis);
    }

    private static Stream<Signed> examples(FormatPackage format) {
        Examples examples = Examples.of(format.id());
        return examples.map().stream()
                .map(example -> new Signed(
                        format,
                        examples.payload(example),
                        example.codeEnds() == null ? null : Instant.parse(example.codeEnds())));
    }
}
