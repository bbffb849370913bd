package dev.hutong.hub.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.rules.RulesFault.Kind;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.registry.History;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.IssuerStanding;
import dev.hutong.registry.PublishedRules;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.RulesDigest;
import dev.hutong.registry.RulesVersion;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.proposal.RulesOffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which packages may judge, by what the registry has published. */
class RulesChoiceTest {
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(3));
    private static final Regions REGIONS = Regions.load();
    private static final RulesPackage FIRST = RulesPackage.of(
            PackageContent.bundled().stream()
                    .filter(content -> text(content).contains("format: yuekangma"))
                    .findFirst()
                    .orElseThrow(),
            REGIONS);
    private static final RulesPackage OTHER_FORMAT = RulesPackage.of(
            PackageContent.bundled().stream()
                    .filter(content -> text(content).contains("format: suikangma"))
                    .findFirst()
                    .orElseThrow(),
            REGIONS);

    private static String text(PackageContent content) {
        return new String(content.pathToFile().get(FormatVersions.DOCUMENT), StandardCharsets.UTF_8);
    }

    /** The first version's package under another version, in force from an instant on. */
    private static RulesPackage version(String version, Instant from, String remark) {
        SortedMap<String, byte[]> files = new TreeMap<>(FIRST.content().pathToFile());
        String document = text(FIRST.content())
                .replace("version: 1.0.0", "version: " + version + "\nvalidFrom: \"" + from + "\"\n# " + remark);
        files.put(FormatVersions.DOCUMENT, document.getBytes(StandardCharsets.UTF_8));
        return RulesPackage.of(new PackageContent(files), REGIONS);
    }

    private static PublishedRules published(String version, RulesDigest digest, Instant from, Optional<Instant> to) {
        return new PublishedRules(
                new RulesOffer(new RulesVersion(version), digest, from, to, to.isPresent()), NOW, 7, "proposal", "why");
    }

    private static PublishedRules published(RulesPackage rules) {
        return published(
                rules.format().version(),
                rules.content().digest(),
                rules.format().inForce().from(),
                rules.format().inForce().to());
    }

    private static RegistrySnapshot registry(PublishedRules... rules) {
        return RegistrySnapshot.takenOver(
                MerkleTree.empty().checkpoint(),
                NOW,
                List.of(new RegisteredIssuer(
                        new IssuerId("440000.yuekangma"),
                        "issuer",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Arrays.asList(rules),
                        new History<>(
                                new IssuerStanding(
                                        IssuerStanding.Status.REGISTERED, Optional.empty(), Optional.empty(), "why"),
                                NOW,
                                1,
                                null))));
    }

    private static RulesChoice choice(RegistrySnapshot registry, RulesPackage... atHand) {
        return RulesChoice.of(List.of(atHand), List.of(), registry, NOW);
    }

    private static List<Kind> kinds(RulesChoice choice) {
        return choice.faults().stream().map(RulesFault::kind).toList();
    }

    @Test
    void whereNothingIsPublishedEveryPackageMayJudge() {
        RulesPackage next = version("1.1.0", LATER, "");
        RulesChoice choice = choice(registry(), FIRST, next, OTHER_FORMAT);
        assertThat(choice.packages()).containsExactly(FIRST, next, OTHER_FORMAT);
        assertThat(choice.faults()).isEmpty();
    }

    @Test
    void whatWasPublishedMayJudgeAndWhatWasThereBeforeGoesOnUntilThen() {
        RulesPackage next = version("1.1.0", LATER, "");
        RulesChoice choice = choice(registry(published(next)), FIRST, next, OTHER_FORMAT);
        assertThat(choice.packages()).containsExactly(FIRST, next, OTHER_FORMAT);
        assertThat(choice.faults()).isEmpty();
        assertThat(choice.versions().inForce(LATER).packages())
                .extracting(format -> format.versioned())
                .contains("yuekangma@1.1.0");
    }

    @Test
    void whatWasNotPublishedMayNotJudgeOnceSomethingWas() {
        RulesPackage next = version("1.1.0", LATER, "");
        RulesPackage unpublished = version("1.2.0", LATER, "");
        assertThat(choice(registry(published(next)), FIRST, next, unpublished).packages())
                .containsExactly(FIRST, next);
    }

    @Test
    void aLowerVersionThatWouldTakeOverLaterMayNotJudge() {
        RulesPackage next = version("1.1.0", LATER, "");
        RulesPackage downgrade = version("1.0.9", LATER.plusSeconds(1), "");
        assertThat(choice(registry(published(next)), FIRST, next, downgrade).packages())
                .containsExactly(FIRST, next);
    }

    @Test
    void anotherContentUnderThePublishedVersionMayNotJudge() {
        RulesPackage next = version("1.1.0", LATER, "");
        RulesPackage changed = version("1.1.0", LATER, "changed");
        RulesChoice choice = choice(registry(published(next)), FIRST, changed);
        assertThat(choice.packages()).containsExactly(FIRST);
        assertThat(kinds(choice)).containsExactly(Kind.OTHER_DIGEST);
        assertThat(choice.faults().getFirst().detail())
                .contains(
                        next.content().digest().value(),
                        changed.content().digest().value());
    }

    @Test
    void whatIsNotThereIsMissingAndThePresentGoesOn() {
        RulesPackage next = version("1.1.0", LATER, "");
        RulesChoice choice = choice(registry(published(next)), FIRST);
        assertThat(choice.packages()).containsExactly(FIRST);
        assertThat(kinds(choice)).containsExactly(Kind.MISSING);
    }

    @Test
    void aPackageThatSaysOtherTimesOfItselfMayNotJudge() {
        RulesPackage next = version("1.1.0", LATER, "");
        PublishedRules other = published("1.1.0", next.content().digest(), LATER.plusSeconds(1), Optional.empty());
        RulesChoice choice = choice(registry(other), FIRST, next);
        assertThat(choice.packages()).containsExactly(FIRST);
        assertThat(kinds(choice)).containsExactly(Kind.OTHER_HEAD);
    }

    @Test
    void whatWasPublishedStaysInForceThoughItsFilesAreGone() {
        RulesPackage next = version("1.1.0", NOW, "");
        RulesChoice choice = RulesChoice.of(List.of(FIRST), List.of(FIRST, next), registry(published(next)), NOW);
        assertThat(choice.packages()).containsExactly(FIRST, next);
        assertThat(kinds(choice)).containsExactly(Kind.MISSING);
    }

    @Test
    void whatIsOverOrReplacedIsNotMissed() {
        RulesPackage third = version("1.3.0", NOW, "");
        RulesChoice choice = choice(
                registry(
                        published("1.1.0", RulesDigest.of(new byte[32]), NOW, Optional.of(NOW)),
                        published("1.2.0", RulesDigest.of(new byte[32]), NOW, Optional.empty()),
                        published(third)),
                FIRST,
                third);
        assertThat(choice.faults()).isEmpty();
    }

    @Test
    void theSameContentTwiceIsOnePackage() {
        assertThat(choice(registry(published(FIRST)), FIRST, FIRST).packages()).containsExactly(FIRST);
    }
}
