package dev.hutong.registry.snapshot;

import dev.hutong.registry.GovernedRegistry;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A hub as its clients see it, without a network; a test can put a lie in the place of each answer. */
final class FakeHub implements HubSource {
    static final PrivateJwk HUB_KEY = Keys.generated(SignatureAlgorithm.ES256, 700);
    static final PrivateJwk ISSUER_KEY = Keys.generated(SignatureAlgorithm.ES256, 701);
    static final IssuerId ISSUER = new IssuerId("440000.yuekangma");
    static final Freshness FRESHNESS = new Freshness(Duration.ofMinutes(10), Duration.ofHours(1));
    static final int REACH = 20;

    final GovernedRegistry governed = new GovernedRegistry();
    final SnapshotSigner signer = signedBy(HUB_KEY);
    final SnapshotPublication publication = new SnapshotPublication(governed.registry(), signer, REACH);

    @Nullable
    Answer insteadOfSnapshot;

    @Nullable
    Answer insteadOfDelta;

    @Nullable
    Answer insteadOfProof;

    int snapshots;
    int deltas;

    static SnapshotSigner signedBy(PrivateJwk key) {
        return new SnapshotSigner("hub", FRESHNESS, key, GovernedRegistry.PROVIDERS);
    }

    /** With one issuer, whose key signs. */
    static FakeHub withIssuer() {
        FakeHub hub = new FakeHub();
        hub.governed.register(ISSUER, ISSUER_KEY);
        return hub;
    }

    /** The log grows by three entries: proposed, approved, approved. */
    void suspendIssuer() {
        governed.enact(new SuspendIssuer(ISSUER));
    }

    static Answer ok(String jws) {
        return new Answer(200, jws.getBytes(StandardCharsets.US_ASCII));
    }

    static Answer status(int status) {
        return new Answer(status, new byte[0]);
    }

    @Override
    public Answer snapshot() {
        snapshots++;
        return insteadOfSnapshot != null
                ? insteadOfSnapshot
                : ok(publication.snapshot().jws());
    }

    @Override
    public Answer delta(long from) {
        deltas++;
        if (insteadOfDelta != null) {
            return insteadOfDelta;
        }
        return switch (publication.since(from)) {
            case SnapshotPublication.Difference.Delta(SignedSnapshot delta) -> ok(delta.jws());
            case SnapshotPublication.Difference.TooOld _ -> status(410);
            case SnapshotPublication.Difference.Ahead _ -> status(409);
        };
    }

    @Override
    public Answer proof(long from, long to) {
        return insteadOfProof != null ? insteadOfProof : proofOf(governed, from, to);
    }

    static Answer proofOf(GovernedRegistry governed, long from, long to) {
        List<TreeHash> proof = governed.registry().snapshot().tree().consistencyProof(from, to);
        return ok(proof.stream()
                .map(hash -> "\"" + hash.toBase64() + "\"")
                .collect(Collectors.joining(",", "{\"proof\":[", "]}")));
    }

    /** The present claims, to be changed and signed by whoever wants to deceive. */
    Claims claims() {
        var snapshot = governed.registry().snapshot();
        return signer.claims(snapshot, Entries.of(snapshot), governed.now());
    }
}
