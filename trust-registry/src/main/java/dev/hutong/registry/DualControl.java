package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegisteredProposal.Endorsement;
import dev.hutong.registry.RegisteredProposal.Stage;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureVerifier;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.SignedDocument;
import dev.hutong.registry.tlog.NoteKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may change a registry that was founded: a proposal is signed by whoever {@link Signers} asks for, and takes effect with the approval
 * of two operators of the present ones, neither of whom signed it. For one thread; a refusal leaves nothing behind that a reader could see.
 */
final class DualControl {
    /** For how long a proposal of which something came, or nothing can come any more, is still shown. */
    static final Duration SHOWN_FOR = Duration.ofDays(30);

    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(5);

    /** An approval may be signed on one host and handed in from another. */
    private static final Duration LONGEST_ON_THE_WAY = Duration.ofHours(24);

    private static final int FEWEST_OPERATORS = 2;
    private static final int LONGEST_ORIGIN = 200;

    private final SignatureProviders providers;
    private final RegistryState state;
    private final Consumer<SignatureCheck> checks;
    private final PersistentMap.Builder<String, RegisteredProposal> idToProposal;
    private final PersistentMap.Builder<Nonce, String> nonceToProposal;
    private @Nullable Governance governance;

    /** @param checks takes the signatures that must be good */
    DualControl(
            SignatureProviders providers, RegistryState state, RegistrySnapshot from, Consumer<SignatureCheck> checks) {
        this.providers = providers;
        this.state = state;
        this.checks = checks;
        this.idToProposal = from.idToProposal().builder();
        this.nonceToProposal = from.nonceToProposal().builder();
        this.governance = from.governance().orElse(null);
    }

    Optional<Governance> governance() {
        return Optional.ofNullable(governance);
    }

    PersistentMap.Builder<String, RegisteredProposal> idToProposal() {
        return idToProposal;
    }

    PersistentMap.Builder<Nonce, String> nonceToProposal() {
        return nonceToProposal;
    }

    void found(Founded event, Instant now, long entry) throws ImpossibleEventException {
        if (entry != 0) {
            throw new ImpossibleEventException(
                    Ground.ALREADY_FOUNDED,
                    "A registry is founded by its first entry, and this one has entries: found one in another data folder");
        }
        Genesis genesis = event.genesis();
        requireOrigin(genesis.origin());
        if (!NoteKey.canBeOfLog(genesis.origin(), genesis.logKey())) {
            throw new ImpossibleEventException(
                    Ground.MALFORMED_DOCUMENT,
                    "The log's key must be one of Ed25519, and the origin a name that it can sign under (C2SP signed-note)");
        }
        if (genesis.operators().size() < FEWEST_OPERATORS) {
            throw new ImpossibleEventException(
                    Ground.TOO_FEW_OPERATORS, "A registry needs at least " + FEWEST_OPERATORS + " operators");
        }
        governance = new Governance(genesis.origin(), genesis.logKey(), genesis.rules(), Map.of(), Set.of());
        for (Genesis.FirstOperator operator : genesis.operators()) {
            admit(operator.name(), operator.key(), now);
        }
        for (Genesis.FirstOperator operator : genesis.operators()) {
            requireSignature(event.document(), Genesis.TYPE, operator.key(), entry);
        }
        requireNoOtherSignatures(event.document(), genesis.operators().size());
    }

    private static void requireOrigin(String origin) throws ImpossibleEventException {
        ProperText.require("origin", origin);
        // C2SP signed-note: a key name has neither Unicode spaces nor a plus.
        if (origin.length() > LONGEST_ORIGIN
                || origin.codePoints()
                        .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '+')) {
            throw new ImpossibleEventException(
                    Ground.MALFORMED_TEXT,
                    "The origin must have no spaces, no plus sign and at most " + LONGEST_ORIGIN + " characters");
        }
    }

    private void requireSignature(SignedDocument document, String type, PublicJwk key, long entry)
            throws ImpossibleEventException {
        SignedDocument.Signature signature = document.signatures().stream()
                .filter(one -> one.kid().equals(key.kid()))
                .findFirst()
                .orElseThrow(() -> new ImpossibleEventException(
                        Ground.SIGNATURE_MISSING, "The signature of key " + key.kid() + " is missing"));
        check(document, signature, type, key, providers.verifier(key), entry);
    }

    private static void requireNoOtherSignatures(SignedDocument document, int expected)
            throws ImpossibleEventException {
        if (document.signatures().size() > expected) {
            throw new ImpossibleEventException(
                    Ground.SIGNATURE_TOO_MANY, "Somebody signed whose signature is not asked for: leave it out");
        }
    }

    private void check(
            SignedDocument document,
            SignedDocument.Signature signature,
            String type,
            PublicJwk key,
            SignatureVerifier verifier,
            long entry)
            throws ImpossibleEventException {
        if (!signature.typ().equals(type)
                || !signature.alg().equals(key.algorithm().jose())) {
            throw new ImpossibleEventException(
                    Ground.BAD_SIGNATURE,
                    "The header of key " + key.kid() + " must say typ " + type + " and alg "
                            + key.algorithm().jose());
        }
        checks.accept(new SignatureCheck(
                entry, key.kid(), verifier, () -> document.signingInput(signature), signature.value()));
    }

    void propose(Proposed event, Instant now, long entry) throws ImpossibleEventException {
        Governance rules = requireGovernance();
        Proposal proposal = event.proposal();
        requireThisRegistry(rules, proposal.audience());
        requireSignedLately(proposal.signedAt(), Nonce.LIFETIME, now);
        ProperText.require("reason", proposal.reason());
        requireNewNonce(proposal, now);
        Signers signers = new Signers(providers, rules, state, now);
        for (SignedDocument.Signature signature : event.document().signatures()) {
            Signers.Signer signer = signers.of(signature, proposal.action());
            check(event.document(), signature, Proposal.TYPE, signer.key(), signer.verifier(), entry);
        }
        signers.requireThoseFor(proposal.action());
        if (proposal.action() instanceof Federate federate) {
            EntityDeposit.check(federate, now, providers, entry).ifPresent(checks);
        }

        RegisteredProposal open = new RegisteredProposal(
                event.document().id(),
                entry,
                now,
                now.plus(rules.rules().openFor()),
                proposal,
                signers.ids(),
                List.of(),
                Stage.OPEN);
        nonceToProposal.put(proposal.nonce(), open.id());
        if (proposal.action() instanceof RevokeKey revoke && revoke.breakGlass()) {
            apply(open, now, entry);
            idToProposal.put(
                    open.id(), open.inForceUnconfirmed(now.plus(rules.rules().confirmWithin())));
        } else {
            idToProposal.put(open.id(), open);
        }
    }

    private void requireNewNonce(Proposal proposal, Instant now) throws ImpossibleEventException {
        if (!proposal.nonce().isFreshAt(now)) {
            throw new ImpossibleEventException(
                    Ground.NONCE_NOT_FRESH, "The nonce is too old: fetch a new one and sign the proposal again");
        }
        String user = nonceToProposal.get(proposal.nonce());
        if (user != null) {
            throw new ImpossibleEventException(
                    Ground.NONCE_USED, "The nonce was used by proposal " + user + ": fetch a new one and sign again");
        }
    }

    /**
     * Makes sure that what was proposed could take effect now, by letting it: for a state that is thrown away afterwards. What is impossible
     * is told to the proposer, and not to the operator who approves last.
     */
    void requirePossible(Proposed event, Instant now, long entry) throws ImpossibleEventException {
        RegisteredProposal proposal = idToProposal.get(event.document().id());
        if (proposal != null && proposal.stage() == Stage.OPEN) {
            apply(proposal, now, entry);
        }
    }

    void approve(Approved event, Instant now, long entry) throws ImpossibleEventException {
        Governance rules = requireGovernance();
        Approval approval = event.approval();
        requireThisRegistry(rules, approval.audience());
        requireSignedLately(approval.signedAt(), LONGEST_ON_THE_WAY, now);
        SignedDocument.Signature signature = event.document().signatures().getFirst();
        Operator operator = rules.kidToOperator().get(signature.kid());
        if (operator == null) {
            throw new ImpossibleEventException(
                    Ground.NOT_AN_OPERATOR, "Key " + signature.kid() + " is no present operator's: operators approve");
        }
        check(event.document(), signature, Approval.TYPE, operator.key(), operator.verifier(), entry);
        RegisteredProposal proposal = idToProposal.get(approval.proposal());
        if (proposal == null) {
            throw new ImpossibleEventException(
                    Ground.UNKNOWN_PROPOSAL,
                    "There is no proposal " + approval.proposal() + " that waits for approvals");
        }
        requireMayApprove(proposal, operator, now);
        if (proposal.stage() == Stage.OPEN) {
            new Signers(providers, rules, state, now).requireStillTrusted(proposal.signers());
        }
        Endorsement endorsement = new Endorsement(operator.id(), operator.name(), now, entry);
        idToProposal.put(proposal.id(), endorsed(proposal, endorsement, rules, now, entry));
    }

    private static void requireMayApprove(RegisteredProposal proposal, Operator operator, Instant now)
            throws ImpossibleEventException {
        switch (proposal.stageAt(now)) {
            case OPEN, UNCONFIRMED -> {}
            case LAPSED ->
                throw new ImpossibleEventException(
                        Ground.PROPOSAL_CLOSED, "The proposal lapsed at " + proposal.closes() + ": propose it anew");
            case IN_FORCE ->
                throw new ImpossibleEventException(
                        Ground.PROPOSAL_CLOSED, "The proposal is in force already: nothing is left to approve");
        }
        if (proposal.signers().contains(operator.id())) {
            throw new ImpossibleEventException(
                    Ground.APPROVES_OWN_PROPOSAL,
                    "Operator " + operator.name() + " signed the proposal: others approve");
        }
        if (proposal.approvals().stream().anyMatch(given -> given.operator().equals(operator.id()))) {
            throw new ImpossibleEventException(
                    Ground.ALREADY_APPROVED, "Operator " + operator.name() + " approved already: another must");
        }
    }

    private RegisteredProposal endorsed(
            RegisteredProposal proposal, Endorsement endorsement, Governance rules, Instant now, long entry)
            throws ImpossibleEventException {
        if (proposal.stage() == Stage.UNCONFIRMED) {
            return proposal.approvedBy(endorsement, Stage.IN_FORCE);
        }
        if (rules.counting(proposal.approvals()).size() + 1 < Governance.APPROVALS) {
            return proposal.approvedBy(endorsement, Stage.OPEN);
        }
        apply(proposal, now, entry);
        return proposal.approvedBy(endorsement, Stage.IN_FORCE);
    }

    private void apply(RegisteredProposal proposal, Instant now, long entry) throws ImpossibleEventException {
        Governance rules = requireGovernance();
        Change change = proposal.change(rules, now, entry);
        switch (proposal.proposal().action()) {
            case AddOperator add -> admit(add.name(), add.key(), now);
            case RemoveOperator remove -> remove(remove.key());
            case Action.OfClient action -> {
                Optional<PublicJwk> brought = action.brought();
                if (brought.isPresent()) {
                    requireNobodyElses(brought.get());
                    state.requireNew(brought.get());
                }
                state.clients().apply(action, change);
            }
            case Action.OfIssuer action -> {
                Optional<PublicJwk> brought = action instanceof Federate federate
                        ? EntityDeposit.read(federate).map(EntityConfiguration::key)
                        : action.brought();
                if (brought.isPresent()) {
                    requireNobodyElses(brought.get());
                }
                state.apply(action, Optional.of(rules.rules()), change);
            }
        }
    }

    private void requireNobodyElses(PublicJwk key) throws ImpossibleEventException {
        if (requireGovernance().uses(key)) {
            throw new ImpossibleEventException(
                    Ground.KEY_ALREADY_REGISTERED,
                    "Key " + key.kid() + " is or was an operator's, or the log's: generate a new one");
        }
    }

    private void admit(String name, PublicJwk key, Instant now) throws ImpossibleEventException {
        Governance present = requireGovernance();
        ProperText.require("name", name);
        state.requireNew(key);
        for (Operator operator : present.kidToOperator().values()) {
            if (operator.name().equals(name)) {
                throw new ImpossibleEventException(
                        Ground.OPERATOR_NAME_TAKEN, "There is an operator " + name + " already: choose another name");
            }
        }
        requireNobodyElses(key);
        governance = present.with(new Operator(name, key, providers.verifier(key), now));
    }

    private void remove(KeyId key) throws ImpossibleEventException {
        Governance present = requireGovernance();
        if (!present.kidToOperator().containsKey(key.value())) {
            throw new ImpossibleEventException(Ground.UNKNOWN_OPERATOR, "No operator has the key " + key);
        }
        if (present.kidToOperator().size() <= FEWEST_OPERATORS) {
            throw new ImpossibleEventException(
                    Ground.TOO_FEW_OPERATORS,
                    "With fewer than " + FEWEST_OPERATORS
                            + " operators nothing could be approved any more: add one first");
        }
        governance = present.without(key);
    }

    private Governance requireGovernance() throws ImpossibleEventException {
        if (governance == null) {
            throw new ImpossibleEventException(
                    Ground.NOT_UNDER_DUAL_CONTROL,
                    "This is a development registry without operators: found one under dual control in another data folder");
        }
        return governance;
    }

    private static void requireThisRegistry(Governance rules, String audience) throws ImpossibleEventException {
        if (!audience.equals(rules.origin())) {
            throw new ImpossibleEventException(
                    Ground.OTHER_REGISTRY, "It was signed for another registry: aud must be " + rules.origin());
        }
    }

    /**
     * The signer's clock and the hub's must agree by and large. A hub whose clock is far ahead would otherwise take the registry's time with
     * it, and with that let everything lapse.
     */
    private static void requireSignedLately(Instant signedAt, Duration longest, Instant now)
            throws ImpossibleEventException {
        if (signedAt.isBefore(now.minus(longest).minus(CLOCKS_AGREE))) {
            throw new ImpossibleEventException(
                    Ground.MALFORMED_DOCUMENT,
                    "Its iat, " + signedAt + ", lies more than " + longest + " before the registry's time, " + now
                            + ": sign it again, and compare the hub's clock with yours");
        }
        if (signedAt.isAfter(now.plus(CLOCKS_AGREE))) {
            throw new ImpossibleEventException(
                    Ground.MALFORMED_DOCUMENT, "Its iat lies more than 5 minutes ahead: set the signer's clock");
        }
    }

    /**
     * Lets go of the oldest proposals, up to the first that must still be shown; to be called once for every day of the registry. Nonces that
     * could be used again are never among theirs.
     */
    void forgetOld(Instant now) {
        Instant longAgo = now.minus(SHOWN_FOR);
        List<RegisteredProposal> old = idToProposal.values().stream()
                .takeWhile(proposal -> !longAgo.isBefore(proposal.closes()))
                .filter(proposal -> proposal.stage() != Stage.UNCONFIRMED)
                .toList();
        for (RegisteredProposal proposal : old) {
            idToProposal.remove(proposal.id());
            nonceToProposal.remove(proposal.proposal().nonce());
        }
    }
}
