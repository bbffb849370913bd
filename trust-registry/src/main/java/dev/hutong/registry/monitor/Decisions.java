package dev.hutong.registry.monitor;

import dev.hutong.registry.ClientRole;
import dev.hutong.registry.CorruptRegistryException;
import dev.hutong.registry.LogEntry;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.Development;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.SignedDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes down, of entries that have been replayed and found good, who approved what. Bounded; for one thread. */
final class Decisions {
    private static final int APPROVALS = 2;
    private static final int SHOWN = 100;
    private static final int WAITING = 10_000;

    private final Map<String, String> kidToName = new HashMap<>();
    private final LinkedHashMap<String, Waiting> idToWaiting = new LinkedHashMap<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private long inAll;
    private long development;

    private record Waiting(long entry, Action action, String proposers, List<String> approvers) {}

    void take(List<LogEntry> entries) {
        List<RegistryEvent> events =
                entries.parallelStream().map(Decisions::event).toList();
        for (int i = 0; i < events.size(); i++) {
            take(events.get(i), entries.get(i).index());
        }
    }

    private static RegistryEvent event(LogEntry entry) throws CorruptRegistryException {
        return entry.event();
    }

    private void take(RegistryEvent event, long entry) {
        switch (event) {
            case Founded founded ->
                founded.genesis()
                        .operators()
                        .forEach(operator -> kidToName.put(operator.key().kid(), operator.name()));
            case Proposed proposed -> propose(proposed, entry);
            case Approved approved -> approve(approved, entry);
            case Development _ -> development++;
        }
    }

    private void propose(Proposed event, long entry) {
        Action action = event.proposal().action();
        if (action instanceof Action.AddOperator added) {
            kidToName.putIfAbsent(added.key().kid(), added.name());
        }
        idToWaiting.put(event.document().id(), new Waiting(entry, action, names(event.document()), new ArrayList<>()));
        if (idToWaiting.size() > WAITING) {
            idToWaiting.pollFirstEntry();
        }
    }

    private void approve(Approved event, long entry) {
        Waiting proposal = idToWaiting.get(event.approval().proposal());
        if (proposal == null) {
            return; // Older than what is kept.
        }
        proposal.approvers().add(names(event.document()) + " (entry " + entry + ")");
        boolean breakGlass = proposal.action() instanceof Action.RevokeKey revoke && revoke.breakGlass();
        if (breakGlass || proposal.approvers().size() == APPROVALS) {
            idToWaiting.remove(event.approval().proposal());
            say("entry " + proposal.entry() + ": " + describe(proposal.action()) + "; proposed by "
                    + proposal.proposers()
                    + (breakGlass ? ", in force at once; confirmed by " : "; approved by ")
                    + String.join(" and ", proposal.approvers()));
        }
    }

    private void say(String line) {
        inAll++;
        lines.addLast(line);
        if (lines.size() > SHOWN) {
            lines.removeFirst();
        }
    }

    /** Operators by name; whoever else signed, by the key. */
    private String names(SignedDocument document) {
        return document.signatures().stream()
                .map(signature -> kidToName.getOrDefault(signature.kid(), "key " + signature.kid()))
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

    /** How many entries nobody signed. */
    long development() {
        return development;
    }
}
