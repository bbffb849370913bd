package dev.hutong.registry;

import static kotlinx.collections.immutable.ExtensionsKt.persistentHashMapOf;
import static kotlinx.collections.immutable.ExtensionsKt.persistentMapOf;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.ClientRegistered;
import dev.hutong.registry.RegistryEvent.Development;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryEvent.KeyRevoked;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import dev.hutong.registry.merkle.TreeHash;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.tlog.EntryBundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of the registry while events are applied to it, between one snapshot and the next. For one thread.
 *
 * <p>Strict: an event that cannot follow the ones before is refused. Which verifier a key has is decided here, once; later snapshots carry
 * the same object over. Signatures are not checked but collected, so that they can be checked on all cores at once.
 */
final class RegistryFold {
    private final RegistryState state;
    private final DualControl control;
    private final List<SignatureCheck> checks = new ArrayList<>();
    private final List<TreeHash> leaves = new ArrayList<>();
    private MerkleTree tree;
    private Instant now;

    private RegistryFold(SignatureProviders providers, RegistrySnapshot from) {
        this.state = new RegistryState(providers, from);
        this.control = new DualControl(providers, state, from, checks::add);
        this.tree = from.tree();
        this.now = from.time();
    }

    /** A fold that goes on from this snapshot. */
    static RegistryFold from(RegistrySnapshot snapshot, SignatureProviders providers) {
        return new RegistryFold(providers, snapshot);
    }

    /** The snapshot of an empty log. */
    static RegistrySnapshot empty() {
        return new RegistrySnapshot(
                MerkleTree.empty(),
                Instant.EPOCH,
                Optional.empty(),
                persistentHashMapOf(),
                persistentHashMapOf(),
                persistentHashMapOf(),
                RegisteredClients.NONE,
                persistentMapOf(), // In the order of their making.
                persistentHashMapOf());
    }

    /**
     * Why the first impossible one of these events cannot follow the snapshot and the events before it, or is not signed by whom it says;
     * empty where all can be appended.
     */
    static Optional<EventRefusal> refusalOf(
            RegistrySnapshot from, List<RegistryEvent> events, SignatureProviders providers) {
        RegistryFold fold = new RegistryFold(providers, from);
        long entry = fold.size();
        try {
            for (RegistryEvent event : events) {
                requireServable(event);
                fold.apply(event, entry);
                entry++;
            }
            Optional<SignatureCheck> bad = fold.firstBadSignature();
            if (bad.isPresent()) {
                return Optional.of(new EventRefusal(
                        Ground.BAD_SIGNATURE,
                        "The signature is not that of key " + bad.get().kid() + " over this text"));
            }
            if (events.getLast() instanceof Proposed proposed) {
                fold.control.requirePossible(proposed, fold.now, entry);
            }
            return Optional.empty();
        } catch (ImpossibleEventException impossible) {
            return Optional.of(impossible.refusal());
        }
    }

    /** A leaf that no entry bundle can hold could be appended, but never be shown to anybody. */
    private static void requireServable(RegistryEvent event) throws ImpossibleEventException {
        int octets = RegistryEventCodec.encode(event).getBytes(StandardCharsets.UTF_8).length;
        if (octets > EntryBundle.MAX_LEAF_OCTETS) {
            throw new ImpossibleEventException(
                    Ground.MALFORMED_DOCUMENT,
                    "As an entry of the log it would have " + octets + " octets, and " + EntryBundle.MAX_LEAF_OCTETS
                            + " is the most: say it in fewer words");
        }
    }

    /**
     * Takes up the log's next entry.
     *
     * @throws CorruptRegistryException if it is not the next one, no event, or one that cannot follow
     */
    void take(DecodedEntry entry) {
        if (entry.index() != size()) {
            throw new CorruptRegistryException(
                    "The registry log has entry " + entry.index() + " where entry " + size() + " should be");
        }
        try {
            apply(entry.event(), entry.index());
        } catch (ImpossibleEventException impossible) {
            throw new CorruptRegistryException(
                    "Entry " + entry.index() + " of the registry log is impossible: " + impossible.getMessage());
        }
        leaves.add(entry.hash());
    }

    /**
     * Checks every signature taken up since the last call.
     *
     * @throws CorruptRegistryException if one is not its key's
     */
    void requireSignatures() {
        Optional<SignatureCheck> bad = firstBadSignature();
        if (bad.isPresent()) {
            throw new CorruptRegistryException("Entry " + bad.get().entry()
                    + " of the registry log is forged: a signature is not that of key "
                    + bad.get().kid());
        }
    }

    /** Leaves the signatures taken up since the last call unchecked, since they were checked before. */
    void takeSignaturesAsChecked() {
        checks.clear();
    }

    private Optional<SignatureCheck> firstBadSignature() {
        Optional<SignatureCheck> bad =
                checks.parallelStream().filter(SignatureCheck::fails).findFirst();
        checks.clear();
        return bad;
    }

    /** Who decides, after what was taken up. */
    Optional<Governance> governance() {
        return control.governance();
    }

    /** What has become of a proposal, after what was taken up. */
    Optional<RegisteredProposal> proposal(String id) {
        return Optional.ofNullable(control.idToProposal().get(id));
    }

    /** How many entries were taken up. */
    long size() {
        return tree.size() + leaves.size();
    }

    /** What commits to the entries taken up. */
    Checkpoint checkpoint() {
        growTree();
        return tree.checkpoint();
    }

    /** Only when a batch is known to be good, since a tree shares its hashes with those that grow from it. */
    private void growTree() {
        tree = tree.appendAll(leaves);
        leaves.clear();
    }

    /** The registry as it stands now. The fold is not to be used any more. */
    RegistrySnapshot snapshot() {
        growTree();
        return new RegistrySnapshot(
                tree,
                now,
                control.governance(),
                state.idToIssuer().build(),
                state.kidToKey().build(),
                state.federationKidToIssuer().build(),
                state.clients().build(),
                control.idToProposal().build(),
                control.nonceToProposal().build());
    }

    private void apply(RegistryEvent event, long entry) throws ImpossibleEventException {
        // The registry's time never runs backwards, whatever the clocks of its hubs do.
        if (event.at().isAfter(now)) {
            boolean newDay = dayOf(event.at()) > dayOf(now);
            now = event.at();
            if (newDay) {
                control.forgetOld(now);
            }
        }
        switch (event) {
            case Founded founded -> control.found(founded, now, entry);
            case Proposed proposed -> control.propose(proposed, now, entry);
            case Approved approved -> control.approve(approved, now, entry);
            case Development development -> develop(development, entry);
        }
    }

    private static long dayOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    private void develop(Development event, long entry) throws ImpossibleEventException {
        if (control.governance().isPresent()) {
            throw new ImpossibleEventException(
                    Ground.UNDER_DUAL_CONTROL,
                    "This registry is under dual control: propose the change, and let two operators approve it");
        }
        Change change = new Change(now, entry, List.of(), originOf(event), reasonOf(event));
        switch (event) {
            case ClientRegistered registered -> {
                state.requireNew(registered.registration().key());
                state.clients().apply(registered.registration(), change);
            }
            case Development.OfIssuer ofIssuer -> state.apply(actionOf(ofIssuer), Optional.empty(), change);
        }
    }

    private static Action.OfIssuer actionOf(Development.OfIssuer event) {
        return switch (event) {
            case IssuerRegistered registered ->
                new RegisterIssuer(
                        registered.issuer(),
                        registered.name(),
                        registered.platform(),
                        Optional.empty(),
                        Optional.empty());
            case IssuerSuspended suspended -> new SuspendIssuer(suspended.issuer());
            case IssuerResumed resumed -> new ResumeIssuer(resumed.issuer());
            case KeyActivated activated ->
                new AddKey(
                        activated.issuer(),
                        new KeyOffer(activated.key(), activated.notBefore(), activated.signUntil(), Optional.empty()));
            case KeyRevoked revoked ->
                new RevokeKey(revoked.issuer(), revoked.key(), revoked.reason(), revoked.cutOff(), false);
        };
    }

    private static String originOf(Development event) {
        return switch (event) {
            case KeyActivated activated -> activated.origin();
            case ClientRegistered registered -> registered.origin();
            case Development.OfIssuer _ -> KeyActivated.LOCAL_DEVELOPMENT;
        };
    }

    private static String reasonOf(Development event) {
        return event instanceof IssuerSuspended suspended ? suspended.reason() : KeyActivated.LOCAL_DEVELOPMENT;
    }
}
