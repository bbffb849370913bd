package dev.hutong.registry;

import dev.hutong.registry.RegisteredProposal.Endorsement;
import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.RegistrySnapshot.OwnedKey;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.RulesOffer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link FoldWriter} wrote, in the same order. Verifiers are made anew, and of what is the same, such as a reason that was given
 * a hundred thousand times, there is one object.
 *
 * <p>It believes what it reads: whoever calls it has made sure that a hub of this build wrote it.
 */
final class FoldReader {
    private final ByteBuffer in;
    private final SignatureProviders providers;
    private final List<String> texts = new ArrayList<>();
    private final Map<KeyStanding, KeyStanding> keyStandings = new HashMap<>();
    private final Map<String, EntityConfiguration> textToConfiguration = new HashMap<>();

    private FoldReader(ByteBuffer in, SignatureProviders providers) {
        this.in = in;
        this.providers = providers;
    }

    /**
     * The snapshot that was written, which only lacks the tree of its log.
     *
     * @throws RuntimeException if it is something else that was written
     */
    static Function<MerkleTree, RegistrySnapshot> read(ByteBuffer in, SignatureProviders providers) {
        return new FoldReader(in, providers).snapshot();
    }

    private Function<MerkleTree, RegistrySnapshot> snapshot() {
        Instant time = instant();
        Optional<Governance> governance = optional(this::governance);
        List<RegisteredIssuer> issuers = list(this::issuer);
        PersistentMap<IssuerId, RegisteredIssuer> idToIssuer = RegistrySnapshot.byId(issuers);
        PersistentMap<String, OwnedKey> kidToKey = RegistrySnapshot.keysOf(issuers);
        PersistentMap<String, IssuerId> federationKidToIssuer = hashMap(this::text, this::issuerId);
        RegisteredClients clients = clients();
        PersistentMap<String, RegisteredProposal> idToProposal = proposals();
        PersistentMap<Nonce, String> nonceToProposal = noncesOf(idToProposal);
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("something follows the last proposal");
        }
        return tree -> new RegistrySnapshot(
                tree,
                time,
                governance,
                idToIssuer,
                kidToKey,
                federationKidToIssuer,
                clients,
                idToProposal,
                nonceToProposal);
    }

    private Governance governance() {
        return new Governance(text(), key(), rules(), operators(), Set.copyOf(list(this::text)));
    }

    private RegistryRules rules() {
        return new RegistryRules(duration(), duration(), duration());
    }

    /** In the order in which they came. */
    private Map<String, Operator> operators() {
        Map<String, Operator> kidToOperator = new LinkedHashMap<>();
        for (Operator operator : list(this::operator)) {
            kidToOperator.put(operator.key().kid(), operator);
        }
        return kidToOperator;
    }

    private Operator operator() {
        String name = text();
        PublicJwk key = key();
        return new Operator(name, key, providers.verifier(key), instant());
    }

    private RegisteredIssuer issuer() {
        return new RegisteredIssuer(
                issuerId(),
                text(),
                optional(this::text).map(URI::create),
                optional(this::issuerId),
                list(this::registeredKey),
                list(this::publishedRules),
                history(this::issuerStanding));
    }

    private RegisteredKey registeredKey() {
        PublicJwk key = key();
        return new RegisteredKey(
                KeyId.of(key),
                key,
                providers.verifier(key),
                new KeyUse(),
                optional(this::instant),
                optional(this::instant),
                optional(this::instant),
                text(),
                history(this::keyStanding));
    }

    private PublishedRules publishedRules() {
        return new PublishedRules(
                new RulesOffer(
                        new RulesVersion(text()), new RulesDigest(text()), instant(), optional(this::instant), flag()),
                instant(),
                number(),
                text(),
                text());
    }

    private IssuerStanding issuerStanding() {
        return new IssuerStanding(
                constant(IssuerStanding.Status.class),
                optional(this::delegation),
                optional(this::entityConfiguration),
                text());
    }

    private Delegation delegation() {
        return new Delegation(
                text(),
                Set.copyOf(list(this::text)),
                Set.copyOf(list(() -> constant(SignatureAlgorithm.class))),
                count(),
                optional(this::instant));
    }

    private EntityConfiguration entityConfiguration() {
        return textToConfiguration.computeIfAbsent(text(), EntityConfiguration::parse);
    }

    private KeyStanding keyStanding() {
        KeyStanding standing = new KeyStanding(flag(), optional(this::revocation), text());
        KeyStanding earlier = keyStandings.putIfAbsent(standing, standing);
        return earlier == null ? standing : earlier;
    }

    private Revocation revocation() {
        return new Revocation(constant(RevocationReason.class), instant(), instant());
    }

    private RegisteredClients clients() {
        PersistentMap.Builder<ClientId, RegisteredClient> idToClient =
                ExtensionsKt.<ClientId, RegisteredClient>persistentHashMapOf().builder();
        for (RegisteredClient client : list(this::client)) {
            idToClient.put(client.id(), client);
        }
        return new RegisteredClients(idToClient.build(), hashMap(this::text, () -> new ClientId(text())));
    }

    private RegisteredClient client() {
        return new RegisteredClient(
                new ClientId(text()),
                terms(),
                list(this::clientKey),
                instant(),
                instant(),
                number(),
                text(),
                optional(this::instant));
    }

    private ClientTerms terms() {
        return new ClientTerms(
                text(),
                Set.copyOf(list(() -> constant(ClientRole.class))),
                Set.copyOf(list(this::text)),
                Set.copyOf(list(this::text)),
                optional(this::text).map(CertificateThumbprint::new),
                optional(this::issuerId));
    }

    private RegisteredClient.Key clientKey() {
        PublicJwk key = key();
        return new RegisteredClient.Key(key, providers.verifier(key), instant());
    }

    /** In the order of their making. */
    private PersistentMap<String, RegisteredProposal> proposals() {
        PersistentMap.Builder<String, RegisteredProposal> idToProposal =
                ExtensionsKt.<String, RegisteredProposal>persistentMapOf().builder();
        for (RegisteredProposal proposal : list(this::proposal)) {
            idToProposal.put(proposal.id(), proposal);
        }
        return idToProposal.build();
    }

    private static PersistentMap<Nonce, String> noncesOf(Map<String, RegisteredProposal> idToProposal) {
        PersistentMap.Builder<Nonce, String> nonceToProposal =
                ExtensionsKt.<Nonce, String>persistentHashMapOf().builder();
        for (RegisteredProposal one : idToProposal.values()) {
            nonceToProposal.put(one.proposal().nonce(), one.id());
        }
        return nonceToProposal.build();
    }

    private RegisteredProposal proposal() {
        return new RegisteredProposal(
                text(),
                number(),
                instant(),
                instant(),
                Proposal.of(
                        StrictJson.read(text().getBytes(StandardCharsets.UTF_8)).orElseThrow()),
                Set.copyOf(list(this::keyId)),
                list(this::endorsement),
                constant(Stage.class));
    }

    private Endorsement endorsement() {
        return new Endorsement(keyId(), text(), instant(), number());
    }

    private <S> History<S> history(Supplier<S> state) {
        @Nullable History<S> newest = null;
        for (int left = count(); left > 0; left--) {
            newest = new History<>(state.get(), instant(), number(), list(this::number), newest);
        }
        return Objects.requireNonNull(newest, "Nothing begins without a state");
    }

    private PublicJwk key() {
        return switch (PublicJwk.parse(text().getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalArgumentException(refused.detail());
        };
    }

    private KeyId keyId() {
        return new KeyId(text());
    }

    private IssuerId issuerId() {
        return new IssuerId(text());
    }

    private <K, V> PersistentMap<K, V> hashMap(Supplier<K> key, Supplier<V> value) {
        PersistentMap.Builder<K, V> map =
                ExtensionsKt.<K, V>persistentHashMapOf().builder();
        for (int left = count(); left > 0; left--) {
            map.put(key.get(), value.get());
        }
        return map.build();
    }

    private <T> List<T> list(Supplier<T> part) {
        int count = count();
        List<T> list = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            list.add(part.get());
        }
        return list;
    }

    private <T> Optional<T> optional(Supplier<T> part) {
        return flag() ? Optional.of(part.get()) : Optional.empty();
    }

    private String text() {
        int place = count();
        if (place == texts.size()) {
            byte[] utf8 = new byte[count()];
            in.get(utf8);
            texts.add(new String(utf8, StandardCharsets.UTF_8));
        }
        return texts.get(place);
    }

    private <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    private Instant instant() {
        return Instant.ofEpochSecond(number(), number());
    }

    private Duration duration() {
        return Duration.parse(text());
    }

    private boolean flag() {
        return in.get() != 0;
    }

    private int count() {
        return Math.toIntExact(number());
    }

    private long number() {
        long number = 0;
        int bits = 0;
        byte octet;
        do {
            octet = in.get();
            number |= (octet & 0x7FL) << bits;
            bits += 7;
        } while (octet < 0);
        return number;
    }
}
