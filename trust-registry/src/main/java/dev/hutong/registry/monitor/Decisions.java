package dev.hutong.registry.monitor;

import dev.hutong.registry.ClientRole;
import dev.hutong.registry.Enactment;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RegisteredProposal;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Genesis;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes down, of entries that have been replayed and found good, who approved what, as the fold counted it. Bounded; for one thread. */
final class Decisions {
    private static final int SHOWN = 100;

    /** Whoever is or was an operator: a key is admitted once, under one name. */
    private final Map<KeyId, String> operatorToName = new HashMap<>();

    private final Deque<String> lines = new ArrayDeque<>();
    private long inAll;

    /** The first operators, and the name of each. */
    void found(Genesis genesis) {
        genesis.operators().forEach(operator -> operatorToName.put(KeyId.of(operator.key()), operator.name()));
    }

    void take(Enactment enactment) {
        RegisteredProposal proposal = enactment.proposal();
        Action action = proposal.proposal().action();
        boolean breakGlass = action instanceof Action.RevokeKey revoke && revoke.breakGlass();
        say("entry " + proposal.entry() + ": " + describe(action) + "; proposed by " + proposers(proposal)
                + (breakGlass ? ", in force at once; confirmed by " : "; approved by ")
                + enactment.counted().stream()
                        .map(approval -> approval.name() + " (entry " + approval.entry() + ")")
                        .collect(Collectors.joining(" and ")));
        if (action instanceof Action.AddOperator added) {
            operatorToName.put(KeyId.of(added.key()), added.name());
        }
    }

    private void say(String line) {
        inAll++;
        lines.addLast(line);
        if (lines.size() > SHOWN) {
            lines.removeFirst();
        }
    }

    /** Operators by name; whoever else signed, by the key, whatever they call themselves. */
    private String proposers(RegisteredProposal proposal) {
        return proposal.signers().stream()
                .map(signer -> operatorToName.getOrDefault(signer, "key " + signer))
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    private static String describe(Action action) {
        return switch (action) {
            case Action.RegisterIssuer register ->
                "issuer " + register.issuer() + " («" + register.name() + "») is registered";
            case Action.SuspendIssuer suspend -> "issuer " + suspend.issuer() + " is suspended";
            case Action.ResumeIssuer resume -> "issuer " + resume.issuer() + " is resumed";
            case Action.WithdrawIssuer withdraw -> "issuer " + withdraw.issuer() + " is withdrawn";
            case Action.Delegate delegate ->
                "issuer " + delegate.issuer()
                        + (delegate.delegation().isPresent() ? " may answer for others" : " answers for nobody else");
            case Action.AddKey add ->
                "issuer " + add.issuer() + " gets key " + add.key().jwk().kid();
            case Action.SuspendKey suspend ->
                "key " + suspend.key().value() + " of " + suspend.issuer() + " is suspended";
            case Action.ResumeKey resume -> "key " + resume.key().value() + " of " + resume.issuer() + " is resumed";
            case Action.RevokeKey revoke ->
                "key " + revoke.key().value() + " of " + revoke.issuer() + " is revoked (" + revoke.cause() + ")";
            case Action.Federate federate ->
                "issuer " + federate.issuer()
                        + (federate.entityConfiguration().isPresent() ? " takes part" : " takes part no longer")
                        + " in OpenID Federation";
            case Action.PublishRules publish ->
                "issuer " + publish.issuer() + " judges by version "
                        + publish.rules().version() + " of its rules ("
                        + publish.rules().digest() + ") from " + publish.rules().validFrom() + " on"
                        + (publish.rules().emergency() ? ", an emergency" : "");
            case Action.RegisterClient register ->
                "client " + register.client() + " («" + register.terms().name() + "») may ask as "
                        + register.terms().roles().stream()
                                .map(ClientRole::text)
                                .sorted()
                                .toList()
                        + register.terms()
                                .issuer()
                                .map(issuer -> " for issuer " + issuer)
                                .orElse("");
            case Action.AddClientKey add ->
                "client " + add.client() + " gets key " + add.key().kid();
            case Action.RemoveClientKey remove ->
                "key " + remove.key().value() + " is taken from client " + remove.client();
            case Action.WithdrawClient withdraw -> "client " + withdraw.client() + " is withdrawn";
            case Action.AddOperator add -> "operator " + add.name() + " is let in";
            case Action.RemoveOperator remove -> "operator key " + remove.key().value() + " is removed";
        };
    }

    /** The last lines, oldest first. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    long inAll() {
        return inAll;
    }
}
