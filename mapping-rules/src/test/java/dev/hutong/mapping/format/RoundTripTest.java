package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Risk;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.translate.Target;
import dev.hutong.mapping.translate.Translation;
import dev.hutong.mapping.translate.WrittenCode;
import dev.hutong.mapping.translate.WrittenCode.Judged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** From every format into every other that can be written, and back: all that the examples of all packages sign. */
class RoundTripTest {
    /** Members that hold something of the holder's, or identify a code. */
    private static final List<String> PERSONAL = List.of("陈*明", "张*", "p-7f3a", "ykm-0001", "desensitize");

    private static final List<FormatPackage> PACKAGES =
            FormatVersions.bundled(TestPackages.REGIONS).packages();

    /** What an example signs, and when. */
    private record Example(String name, Judged judged, Instant now) {}

    @TestFactory
    Stream<DynamicNode> noTranslationAndNoRoundTripImprovesAStatus() {
        return PACKAGES.stream()
                .flatMap(from -> PACKAGES.stream()
                        .flatMap(to -> targets(to)
                                .map(target -> dynamicContainer(
                                        from.id() + " → " + target.format().versioned()
                                                + target.vocabulary()
                                                        .map(number -> "/" + number)
                                                        .orElse(""),
                                        examples(from)
                                                .map(example -> dynamicTest(
                                                        example.name, () -> goThereAndBack(from, target, example)))))));
    }

    @TestFactory
    Stream<DynamicNode> everyPairOfFormatsCarriesSomeGreenAndSomeRed() {
        return PACKAGES.stream()
                .filter(from -> from.writing().isPresent())
                .flatMap(from -> PACKAGES.stream()
                        .flatMap(to -> Target.newestOf(to).stream())
                        .map(target -> dynamicTest(
                                from.id() + " → " + target.format().id(),
                                () -> assertThat(examples(from)
                                                .filter(example ->
                                                        WrittenCode.translate(example.judged, target, example.now)
                                                                instanceof Translation.Written)
                                                .map(example ->
                                                        example.judged.verdict().risk()))
                                        .containsAll(greenAndRed(from)))));
    }

    /** Those of the two that a format's own rules let go: one converts its green only. */
    private static Set<Risk> greenAndRed(FormatPackage from) {
        Set<Risk> convertible = examples(from)
                .filter(example -> example.judged.statements().stream().allMatch(from::converts))
                .map(example -> example.judged.verdict().risk())
                .filter(Set.of(Risk.LOW, Risk.HIGH)::contains)
                .collect(Collectors.toSet());
        assertThat(convertible).contains(Risk.LOW);
        return convertible;
    }

    private static void goThereAndBack(FormatPackage from, Target target, Example example) {
        Translation there = WrittenCode.translate(example.judged, target, example.now);
        if (example.judged.verdict().risk() == Risk.UNKNOWN) {
            assertThat(there).isInstanceOf(Translation.Refused.class);
        }
        if (!(there instanceof Translation.Written written)) {
            return;
        }
        ObjectNode claims = written.claims();
        assertThat(claims.toString()).doesNotContain(PERSONAL);
        assertThat(Instant.ofEpochSecond(claims.get("exp").longValue()))
                .isBeforeOrEqualTo(example.judged.verdict().validUntil());
        Judged read = WrittenCode.read(claims, target.format(), example.now);
        WrittenCode.assertNoBetter(read, example.judged);
        Optional<Target> home = Target.newestOf(from);
        if (home.isPresent()
                && WrittenCode.translate(read, home.get(), example.now) instanceof Translation.Written back) {
            WrittenCode.assertNoBetter(WrittenCode.read(back.claims(), from, example.now), example.judged);
        }
    }

    private static Stream<Target> targets(FormatPackage format) {
        return Target.newestOf(format).stream()
                .flatMap(newest -> newest.writing().vocabularies().isEmpty()
                        ? Stream.of(newest)
                        : newest.writing().vocabularies().stream().flatMap(number -> newest.in(number).stream()));
    }

    private static Stream<Example> examples(FormatPackage format) {
        Examples examples = Examples.of(format.id());
        return examples.map().stream().flatMap(example -> {
            Instant now = Instant.parse(example.now());
            Instant ends = example.codeEnds() == null ? null : Instant.parse(example.codeEnds());
            Outcome<List<Statement>> outcome = format.envelope()
                    .statementToken()
                    .read(examples.payload(example))
                    .then(claims -> new SignedClaims(format, claims, ends).map(now));
            return outcome instanceof Outcome.Passed<List<Statement>>(List<Statement> statements)
                    ? Stream.of(new Example(example.name(), Judged.of(statements), now))
                    : Stream.of();
        });
    }
}
