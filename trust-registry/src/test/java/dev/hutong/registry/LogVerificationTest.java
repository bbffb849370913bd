package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.LOG_KEY;
import static dev.hutong.registry.FoundedRegistry.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.monitor.Finding;
import dev.hutong.registry.monitor.LogVerification;
import dev.hutong.registry.monitor.LogVerification.Expectation;
import dev.hutong.registry.monitor.Verdict;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.RulesOffer;
import dev.hutong.registry.proposal.SignedDocument;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.SignedCheckpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each kind of forgery that a log could show to a stranger. */
class LogVerificationTest {
    private static final NoteKey KEY = NoteKey.ofLog(ORIGIN, LOG_KEY.publicJwk());
    private static final PrivateJwk OTHER = Keys.generated(SignatureAlgorithm.EDDSA, 77);
    private static final String BUNDLE = "tile/entries/000.p/4";

    private final FoundedRegistry registry = FoundedRegistry.withIssuer();
    private final List<String> leaves = ShownLog.leavesOf(registry.log);
    private final ShownLog shown = ShownLog.of(registry.log);

    private static Verdict verify(ShownLog log, Expectation expected) {
        try {
            return LogVerification.verify(log, expected, Fixtures.PROVIDERS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Expectation withKey() {
        return new Expectation(Optional.of(KEY), Optional.empty(), false);
    }

    private static Expectation having(SignedCheckpoint seen) {
        return new Expectation(Optional.of(KEY), Optional.of(seen), false);
    }

    private static Verdict.Summary verified(ShownLog log, Expectation expected) {
        Verdict verdict = verify(log, expected);
        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        return ((Verdict.Verified) verdict).summary();
    }

    private static List<String> findings(ShownLog log, Expectation expected) {
        Verdict verdict = verify(log, expected);
        assertThat(verdict).isInstanceOf(Verdict.Faulty.class);
        return ((Verdict.Faulty) verdict)
                .findings().stream().map(Finding::toString).toList();
    }

    private ShownLog resigned(List<String> forged) {
        return new ShownLog(forged, ORIGIN, LOG_KEY);
    }

    /** A registry of 600 entries, enough for two full tiles and one of the level above. */
    private static ShownLog development() {
        List<String> many = new ArrayList<>();
        many.add(RegistryEventCodec.encode(Fixtures.registered(Fixtures.GUANGDONG)));
        many.add(RegistryEventCodec.encode(Fixtures.activated(Fixtures.GUANGDONG, Fixtures.P256)));
        for (int i = 0; i < 299; i++) {
            many.add(RegistryEventCodec.encode(Fixtures.suspended(Fixtures.GUANGDONG)));
            many.add(RegistryEventCodec.encode(Fixtures.resumed(Fixtures.GUANGDONG)));
        }
        return new ShownLog(many, ORIGIN, LOG_KEY);
    }

    private static Expectation development(Optional<NoteKey> key) {
        return new Expectation(key, Optional.empty(), true);
    }

    @Test
    void anHonestLogIsVerifiedAndSaysWhoApprovedWhat() {
        Verdict.Summary summary = verified(shown, withKey());

        assertThat(summary.checkpoint()).isEqualTo(shown.checkpoint());
        assertThat(summary.keyIsOfGenesis()).isFalse();
        assertThat(summary.developmentEntries()).isZero();
        assertThat(summary.issuers()).isEqualTo(1);
        assertThat(summary.operators()).hasSize(3).anyMatch(operator -> operator.startsWith("Chen (key "));
        assertThat(summary.decisionsInAll()).isEqualTo(1);
        assertThat(summary.decisions())
                .singleElement()
                .asString()
                .startsWith("entry 1: issuer 440000.yuekangma")
                .endsWith("approved by Anna (entry 2) and Bo (entry 3)");
    }

    @Test
    void publishedRulesAreNamedWithTheirDigestAndRulesThatCannotFollowAreFound() {
        RulesDigest digest = RulesDigest.of(new byte[32]);
        Instant from = registry.now.plus(Duration.ofDays(2));
        registry.enact(rules("1.1.0", digest, from), FoundedRegistry.FIRST_KEY);

        assertThat(verified(ShownLog.of(registry.log), withKey()).decisions())
                .last()
                .asString()
                .contains("version 1.1.0 of its rules (" + digest + ") from " + from);

        SignedDocument forged =
                FoundedRegistry.signed(registry.proposal(rules("1.0.0", digest, from)), FoundedRegistry.FIRST_KEY);
        List<String> leaves = new ArrayList<>(ShownLog.leavesOf(registry.log));
        leaves.add(RegistryEventCodec.encode(RegistryEvent.Proposed.of(registry.now, forged)));
        for (PrivateJwk operator : List.of(FoundedRegistry.ANNA, FoundedRegistry.BO)) {
            leaves.add(RegistryEventCodec.encode(
                    RegistryEvent.Approved.of(registry.now, registry.approval(forged.id(), operator))));
        }
        assertThat(findings(resigned(leaves), withKey()))
                .anyMatch(finding -> finding.contains("cannot follow version"));
    }

    private static PublishRules rules(String version, RulesDigest digest, Instant from) {
        return new PublishRules(
                FoundedRegistry.ISSUER,
                new RulesOffer(new RulesVersion(version), digest, from, Optional.empty(), false));
    }

    @Test
    void withoutAKeyTheOneOfTheGenesisIsTakenAndThatIsSaid() {
        Verdict.Summary summary = verified(shown, new Expectation(Optional.empty(), Optional.empty(), false));

        assertThat(summary.keyIsOfGenesis()).isTrue();
        assertThat(summary.key()).isEqualTo(KEY);
    }

    @Test
    void aChangedLeafIsNamed() {
        byte[] bundle = shown.octets(BUNDLE);
        bundle[bundle.length - 10] ^= 1;

        assertThat(findings(shown.forging(BUNDLE, bundle), withKey()))
                .anyMatch(finding -> finding.startsWith("entry 3: what is shown is not what tile/0/000.p/4"))
                .anyMatch(finding -> finding.startsWith("the checkpoint's root is not that"));
    }

    @Test
    void aChangedLeafThatTheLogItselfHashedAndSignedIsFoundByItsSignatures() {
        List<String> forged = new ArrayList<>(leaves);
        String last = forged.getLast();
        int signature = last.indexOf("\"signature\":\"") + 20;
        forged.set(
                3,
                last.substring(0, signature)
                        + (last.charAt(signature) == 'A' ? 'B' : 'A')
                        + last.substring(signature + 1));

        assertThat(findings(resigned(forged), withKey()))
                .singleElement()
                .asString()
                .contains("Entry 3", "forged");
    }

    @Test
    void anApprovalThatWasDroppedIsFoundByWhatFollows() {
        List<String> forged = new ArrayList<>(leaves);
        forged.remove(1);

        assertThat(findings(resigned(forged), withKey()))
                .singleElement()
                .asString()
                .contains("Entry 1", "impossible", "not replayed");
    }

    @Test
    void aLogWithoutItsGenesisIsNoneUnderDualControl() {
        assertThat(findings(resigned(leaves.subList(1, 4)), withKey()))
                .anyMatch(finding -> finding.contains("Entry 0"));
    }

    @Test
    void aLeafThatIsMissingFromItsBundleIsFound() {
        byte[] bundle = resigned(leaves.subList(0, 3)).octets("tile/entries/000.p/3");

        assertThat(findings(shown.forging(BUNDLE, bundle), withKey()))
                .contains("entry 0: its bundle holds 3 entries instead of 4");
    }

    @Test
    void aBundleThatIsNoneOrNotThereIsFound() {
        assertThat(findings(ShownLog.of(registry.log).forging(BUNDLE, new byte[] {0, 9, 1}), withKey()))
                .anyMatch(finding -> finding.startsWith("entry 0: its bundle cannot be read"));
        shown.absent.add(BUNDLE);
        assertThat(findings(shown, withKey()))
                .anyMatch(finding -> finding.startsWith("entry 0: the log does not show it"));
    }

    @Test
    void aLeafThatIsNoTextIsFound() {
        byte[] bundle = shown.octets(BUNDLE);
        bundle[2] = (byte) 0xFF;

        assertThat(findings(shown.forging(BUNDLE, bundle), withKey())).contains("entry 0: it is not UTF-8");
    }

    @Test
    void aWrongTileIsFoundOnEveryLevel() {
        byte[] leafHashes = shown.octets("tile/0/000.p/4");
        leafHashes[40] ^= 1;
        assertThat(findings(shown.forging("tile/0/000.p/4", leafHashes), withKey()))
                .singleElement()
                .asString()
                .startsWith("entry 1: what is shown is not what tile/0/000.p/4");

        ShownLog large = development();
        byte[] upper = large.octets("tile/1/000.p/2");
        upper[0] ^= 1;
        assertThat(findings(large.forging("tile/1/000.p/2", upper), development(Optional.of(KEY))))
                .containsExactly("tile/1/000.p/2: its hashes are not those of the entries below it");
    }

    @Test
    void aCheckpointWithoutSignatureIsFound() {
        byte[] unsigned = shown.checkpoint().text().toString().getBytes(StandardCharsets.UTF_8);

        assertThat(findings(shown.forging("checkpoint", unsigned), withKey()))
                .singleElement()
                .asString()
                .startsWith("the checkpoint is no signed checkpoint");
    }

    @Test
    void aCheckpointOfAnotherKeyIsFoundWithAndWithoutAGivenKey() {
        ShownLog forged = new ShownLog(leaves, ORIGIN, OTHER);

        for (Optional<NoteKey> key : List.of(Optional.of(KEY), Optional.<NoteKey>empty())) {
            assertThat(findings(forged, new Expectation(key, Optional.empty(), false)))
                    .singleElement()
                    .asString()
                    .contains("no good signature of the log's key");
        }
    }

    @Test
    void aGenesisThatNamesAnotherKeyThanIsExpectedIsFound() {
        NoteKey other = NoteKey.ofLog(ORIGIN, OTHER.publicJwk());

        assertThat(findings(
                        new ShownLog(leaves, ORIGIN, OTHER),
                        new Expectation(Optional.of(other), Optional.empty(), false)))
                .singleElement()
                .asString()
                .startsWith("entry 0: the genesis names");
    }

    @Test
    void aCheckpointOfAnotherRootIsFound() {
        SignedCheckpoint other = resigned(leaves.reversed()).checkpoint();

        assertThat(findings(shown.forging("checkpoint", other.octets()), withKey()))
                .singleElement()
                .asString()
                .startsWith("the checkpoint's root is not that");
    }

    @Test
    void growthIsVerifiedAgainstWhatWasSeen() {
        assertThat(verified(shown, having(resigned(leaves.subList(0, 3)).checkpoint()))
                        .seenSize())
                .hasValue(3);
        assertThat(verified(shown, having(shown.checkpoint())).seenSize()).hasValue(4);
    }

    @Test
    void aRollbackIsFound() {
        assertThat(findings(resigned(leaves.subList(0, 2)), having(shown.checkpoint())))
                .containsExactly("the log was rolled back: it had 4 entries when it was last seen, and has 2");
    }

    @Test
    void aForkIsFound() {
        FoundedRegistry other = new FoundedRegistry();
        other.pass(Duration.ofSeconds(9));
        other.enact(FoundedRegistry.registration(FoundedRegistry.ISSUER, Fixtures.ED25519), Fixtures.ED25519);

        assertThat(findings(ShownLog.of(other.log), having(shown.checkpoint())))
                .containsExactly("the log was forked: its first 4 entries are not those that were seen before");
        assertThat(findings(shown, having(new ShownLog(leaves, "other.example", LOG_KEY).checkpoint())))
                .anyMatch(finding -> finding.contains("of another log, other.example"));
        assertThat(findings(shown, having(new ShownLog(leaves, ORIGIN, OTHER).checkpoint())))
                .singleElement()
                .asString()
                .startsWith("the checkpoint seen before has no good signature");
    }

    @Test
    void developmentEntriesAreFaultsUnlessAllowed() {
        assertThat(findings(development(), withKey()))
                .singleElement()
                .asString()
                .startsWith("600 entries are of a development");
        assertThat(verified(development(), development(Optional.of(KEY))).developmentEntries())
                .isEqualTo(600);
        assertThat(findings(development(), development(Optional.empty())))
                .singleElement()
                .asString()
                .contains("no genesis", "no key was given");
    }

    @Test
    void aLogThatDoesNotAnswerIsUnreachableAndNotFaulty() {
        shown.silent.add(BUNDLE);
        assertThat(verify(shown, withKey())).isInstanceOf(Verdict.Unreachable.class);
        shown.silent.clear();
        shown.absent.add("checkpoint");
        assertThat(verify(shown, withKey())).isInstanceOf(Verdict.Unreachable.class);
    }

    @Test
    void aSizeThatNobodyCouldFetchIsNotBegunWith() {
        byte[] boast = shown.checkpoint()
                .toString()
                .replace("\n4\n", "\n9000000000000000000\n")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(findings(shown.forging("checkpoint", boast), withKey()))
                .singleElement()
                .asString()
                .contains("9000000000000000000 entries, more than");
    }

    @Test
    void aHundredFindingsAreEnough() {
        ShownLog large = development();
        byte[] tile = large.octets("tile/0/000");
        Arrays.fill(tile, (byte) 0);

        assertThat(findings(large.forging("tile/0/000", tile), development(Optional.of(KEY))))
                .hasSize(101)
                .endsWith("and more that is not named here");
    }
}
