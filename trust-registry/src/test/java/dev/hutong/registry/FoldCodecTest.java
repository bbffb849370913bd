package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.addition;
import static dev.hutong.registry.FoundedRegistry.ground;
import static dev.hutong.registry.FoundedRegistry.taken;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.RegistryEvent.ClientRegistered;
import dev.hutong.registry.RegistryEvent.Development;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.SignedDocument;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a log was folded to, written and read again, is in nothing different from the fold. */
class FoldCodecTest {
    private final LivedRegistry lived = new LivedRegistry();
    private final FoundedRegistry founded = lived.founded;

    private static byte[] written(RegistrySnapshot snapshot) {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            FoldWriter.write(snapshot, new DataOutputStream(octets));
            return octets.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static RegistrySnapshot again(RegistrySnapshot snapshot) {
        return FoldReader.read(ByteBuffer.wrap(written(snapshot)), Fixtures.PROVIDERS)
                .apply(snapshot.tree());
    }

    private static RegistrySnapshot folded(RegistrySnapshot from, List<LogEntry> entries) {
        RegistryFold fold = RegistryFold.from(from, Fixtures.PROVIDERS);
        entries.forEach(entry -> fold.take(DecodedEntry.of(entry)));
        fold.requireSignatures();
        return fold.snapshot();
    }

    /** In every field of every object, whether anybody asks for it or not. */
    static void assertSame(RegistrySnapshot snapshot, RegistrySnapshot expected) {
        assertThat(snapshot)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes("tree", "(.*\\.)?verifier", "(.*\\.)?use")
                .isEqualTo(expected);
        assertThat(snapshot.tree().checkpoint()).isEqualTo(expected.tree().checkpoint());
        assertThat(snapshot.proposals()).containsExactlyElementsOf(expected.proposals());
        assertThat(operatorsInOrder(snapshot)).isEqualTo(operatorsInOrder(expected));
    }

    private static List<String> operatorsInOrder(RegistrySnapshot snapshot) {
        return snapshot.governance().stream()
                .flatMap(governance -> governance.kidToOperator().keySet().stream())
                .toList();
    }

    @Test
    void everyKindOfActionIsInTheLogThatIsReadAgain() {
        Set<Class<?>> actions = lived.entries().stream()
                .map(LogEntry::event)
                .flatMap(event -> event instanceof Proposed proposed
                        ? Stream.of(proposed.proposal().action().getClass())
                        : Stream.empty())
                .collect(toSet());
        assertThat(actions).isEqualTo(kindsOf(Action.class).collect(toSet()));
    }

    private static Stream<Class<?>> kindsOf(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(FoldCodecTest::kindsOf)
                : Stream.of(type);
    }

    @Test
    void itIsTheSameAfterEveryEntryAndWithAllThatFollow() {
        List<LogEntry> entries = lived.entries();
        RegistrySnapshot whole = founded.registry.snapshot();
        RegistrySnapshot before = RegistryFold.empty();
        for (int size = 0; size <= entries.size(); size++) {
            assertSame(again(before), before);
            if (size % 8 == 0) {
                assertSame(folded(again(before), entries.subList(size, entries.size())), whole);
            }
            before = size == entries.size() ? before : folded(before, entries.subList(size, size + 1));
        }
    }

    @Test
    void ofADevelopmentRegistryItIsTheSameToo() {
        InMemoryRegistryLog log = new InMemoryRegistryLog();
        Registry registry = Registry.open(log, Fixtures.PROVIDERS, () -> Fixtures.NOW);
        List<Development> events = List.of(
                Fixtures.registered(Fixtures.GUANGDONG, "https://platform.example"),
                Fixtures.activated(Fixtures.GUANGDONG, Fixtures.P256, Fixtures.NOW, Fixtures.NOW.plusNanos(1)),
                Fixtures.suspended(Fixtures.GUANGDONG),
                Fixtures.resumed(Fixtures.GUANGDONG),
                Fixtures.revoked(Fixtures.GUANGDONG, Fixtures.P256, RevocationReason.CEASED, Fixtures.NOW),
                new ClientRegistered(
                        Fixtures.NOW,
                        new RegisterClient(
                                LivedRegistry.GATE,
                                new ClientTerms(
                                        "gate", Set.of(ClientRole.VERIFIER), Set.of(), Set.of(), Optional.empty()),
                                Fixtures.ED25519.publicJwk()),
                        KeyActivated.LOCAL_DEVELOPMENT));
        assertThat(events.stream().map(Object::getClass).collect(toSet()))
                .isEqualTo(kindsOf(Development.class).collect(toSet()));
        assertThat(registry.append(List.copyOf(events))).isInstanceOf(Registry.Appended.class);

        assertSame(again(registry.snapshot()), registry.snapshot());
    }

    @Test
    void keysVerifyAndStandAsBefore() {
        RegistrySnapshot again = again(founded.registry.snapshot());
        assertThat(again.authenticate(ISSUER, Fixtures.token(FIRST_KEY, founded.now), founded.now))
                .isInstanceOf(Authentication.Authenticated.class);
        assertThat(again.authenticate(ISSUER, Fixtures.token(LivedRegistry.REVOKED_KEY, founded.now), founded.now))
                .isEqualTo(new Authentication.Rejected(Rejection.KEY_REVOKED));
        assertThat(again.authenticate(
                        LivedRegistry.CITY, Fixtures.token(LivedRegistry.CITY_KEY, founded.now), founded.now))
                .isEqualTo(new Authentication.Rejected(Rejection.KEY_SUSPENDED));
    }

    @Test
    void noKeyThatEverWasAnybodysIsTakenAgain() {
        RegistrySnapshot again = again(founded.registry.snapshot());
        for (PrivateJwk former : List.of(
                LivedRegistry.GONE_KEY,
                LivedRegistry.REVOKED_KEY,
                LivedRegistry.FORMER_FEDERATION_KEY,
                LivedRegistry.FEDERATION_KEY,
                LivedRegistry.FORMER_GATE_KEY,
                LivedRegistry.FORMER_OPERATOR)) {
            assertThat(refusal(again, FoundedRegistry.signed(founded.proposal(addition(former)), former, FIRST_KEY)))
                    .isEqualTo(Ground.KEY_ALREADY_REGISTERED);
        }
    }

    @Test
    void aNonceThatWasUsedIsUsed() {
        SignedDocument waiting = lived.entries().stream()
                .map(LogEntry::event)
                .flatMap(event -> event instanceof Proposed proposed ? Stream.of(proposed.document()) : Stream.empty())
                .filter(document -> document.id().equals(lived.waiting))
                .findFirst()
                .orElseThrow();
        assertThat(refusal(again(founded.registry.snapshot()), waiting)).isEqualTo(Ground.NONCE_USED);
    }

    private Ground refusal(RegistrySnapshot snapshot, SignedDocument document) {
        return RegistryFold.refusalOf(snapshot, List.of(Proposed.of(founded.now, document)), Fixtures.PROVIDERS)
                .orElseThrow()
                .ground();
    }

    @Test
    void whatWaitsCanBeApprovedByWhoDidNotYet() {
        RegistrySnapshot again = again(founded.registry.snapshot());
        assertThat(again.proposals().stream().map(proposal -> proposal.stageAt(founded.now)))
                .contains(Stage.OPEN, Stage.LAPSED, Stage.UNCONFIRMED, Stage.IN_FORCE);
        assertThat(ground(founded.approve(lived.waiting, FoundedRegistry.BO))).isEqualTo(Ground.ALREADY_APPROVED);
        assertThat(taken(founded.approve(lived.waiting, CHEN)).stage()).isEqualTo(Stage.IN_FORCE);

        List<LogEntry> entries = lived.entries();
        RegistrySnapshot after = folded(again, entries.subList(entries.size() - 1, entries.size()));
        assertSame(after, founded.registry.snapshot());
        assertThat(after.proposal(lived.waiting).orElseThrow().stage()).isEqualTo(Stage.IN_FORCE);
    }

    @Test
    void whatStandsAgainAndAgainIsWrittenAndKeptOnce() {
        RegistrySnapshot snapshot = founded.registry.snapshot();
        String text = new String(written(snapshot), StandardCharsets.ISO_8859_1);
        assertThat(text.split(FIRST_KEY.publicJwk().kid(), -1).length - 1).isLessThan(8);
        RegistrySnapshot again = again(snapshot);
        List<KeyStanding> standings = again.issuers().stream()
                .flatMap(issuer -> issuer.keys().stream())
                .map(key -> key.standing().state())
                .toList();
        for (KeyStanding one : standings) {
            assertThat(standings.stream().filter(one::equals))
                    .allSatisfy(other -> assertThat(other).isSameAs(one));
        }
    }

    @Test
    void whatIsMoreOrLessThanWasWrittenIsNotRead() {
        byte[] written = written(founded.registry.snapshot());
        assertThatThrownBy(() -> FoldReader.read(
                        ByteBuffer.wrap(Arrays.copyOf(written, written.length + 1)), Fixtures.PROVIDERS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FoldReader.read(ByteBuffer.wrap(written, 0, written.length - 1), Fixtures.PROVIDERS))
                .isInstanceOf(RuntimeException.class);
    }
}
