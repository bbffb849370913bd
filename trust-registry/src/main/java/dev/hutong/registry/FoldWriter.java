package dev.hutong.registry;

import dev.hutong.registry.RegisteredProposal.Endorsement;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.RulesOffer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes all that a snapshot holds but its tree, for {@link FoldReader}. Every record is taken apart by a pattern, which does not compile
 * any more once the record has another component.
 *
 * <p>What follows from the rest is not written: whose a key is, which proposal used a nonce, what a verifier is compiled from. Numbers are
 * LEB128; a text stands where it comes first and is a number later on, since reasons, names and identifiers come again and again.
 */
final class FoldWriter {
    private final DataOutputStream out;
    private final Map<String, Integer> textToNumber = new HashMap<>();

    private FoldWriter(DataOutputStream out) {
        this.out = out;
    }

    private interface Part<T> {
        void write(T value) throws IOException;
    }

    static void write(RegistrySnapshot snapshot, DataOutputStream out) throws IOException {
        new FoldWriter(out).write(snapshot);
    }

    private void write(RegistrySnapshot snapshot) throws IOException {
        instant(snapshot.time());
        optional(snapshot.governance(), this::governance);
        all(snapshot.issuers(), this::issuer);
        all(snapshot.federationKidToIssuer().entrySet(), of -> {
            text(of.getKey());
            text(of.getValue().value());
        });
        all(snapshot.clients(), this::client);
        all(snapshot.registeredClients().kidToClient().entrySet(), of -> {
            text(of.getKey());
            text(of.getValue().value());
        });
        all(snapshot.proposals(), this::proposal);
    }

    private void governance(Governance governance) throws IOException {
        switch (governance) {
            case Governance(var origin, var logKey, var rules, var kidToOperator, var formerKids) -> {
                text(origin);
                key(logKey);
                rules(rules);
                all(kidToOperator.values(), this::operator);
                all(formerKids, this::text);
            }
        }
    }

    private void rules(RegistryRules rules) throws IOException {
        switch (rules) {
            case RegistryRules(var visibleFor, var openFor, var confirmWithin) -> {
                duration(visibleFor);
                duration(openFor);
                duration(confirmWithin);
            }
        }
    }

    private void operator(Operator operator) throws IOException {
        switch (operator) {
            case Operator(var name, var key, var _, var since) -> {
                text(name);
                key(key);
                instant(since);
            }
        }
    }

    private void issuer(RegisteredIssuer issuer) throws IOException {
        switch (issuer) {
            case RegisteredIssuer(var id, var name, var platform, var parent, var keys, var rules, var standing) -> {
                text(id.value());
                text(name);
                optional(platform.map(URI::toString), this::text);
                optional(parent.map(IssuerId::value), this::text);
                all(keys, this::registeredKey);
                all(rules, this::publishedRules);
                history(standing, this::issuerStanding);
            }
        }
    }

    private void registeredKey(RegisteredKey key) throws IOException {
        switch (key) {
            case RegisteredKey(
                    var _,
                    var jwk,
                    var _,
                    var _,
                    var notBefore,
                    var signUntil,
                    var verifyUntil,
                    var origin,
                    var standing) -> {
                key(jwk);
                optional(notBefore, this::instant);
                optional(signUntil, this::instant);
                optional(verifyUntil, this::instant);
                text(origin);
                history(standing, this::keyStanding);
            }
        }
    }

    private void publishedRules(PublishedRules published) throws IOException {
        switch (published) {
            case PublishedRules(
                    RulesOffer(var version, var digest, var validFrom, var validTo, var emergency),
                    var publishedAt,
                    var entry,
                    var origin,
                    var reason) -> {
                text(version.value());
                text(digest.value());
                instant(validFrom);
                optional(validTo, this::instant);
                out.writeBoolean(emergency);
                instant(publishedAt);
                number(entry);
                text(origin);
                text(reason);
            }
        }
    }

    private void issuerStanding(IssuerStanding standing) throws IOException {
        switch (standing) {
            case IssuerStanding(var status, var delegation, var entityConfiguration, var reason) -> {
                constant(status);
                optional(delegation, this::delegation);
                optional(entityConfiguration.map(EntityConfiguration::text), this::text);
                text(reason);
            }
        }
    }

    private void delegation(Delegation delegation) throws IOException {
        switch (delegation) {
            case Delegation(var regionPrefix, var formats, var algorithms, var depth, var until) -> {
                text(regionPrefix);
                all(formats, this::text);
                all(algorithms, this::constant);
                number(depth);
                optional(until, this::instant);
            }
        }
    }

    private void keyStanding(KeyStanding standing) throws IOException {
        switch (standing) {
            case KeyStanding(var suspended, var revocation, var reason) -> {
                out.writeBoolean(suspended);
                optional(revocation, this::revocation);
                text(reason);
            }
        }
    }

    private void revocation(Revocation revocation) throws IOException {
        switch (revocation) {
            case Revocation(var reason, var cutOff, var revokedAt) -> {
                constant(reason);
                instant(cutOff);
                instant(revokedAt);
            }
        }
    }

    private void client(RegisteredClient client) throws IOException {
        switch (client) {
            case RegisteredClient(
                    var id,
                    var terms,
                    var keys,
                    var tokensFrom,
                    var registeredAt,
                    var entry,
                    var origin,
                    var withdrawnAt) -> {
                text(id.value());
                terms(terms);
                all(keys, this::clientKey);
                instant(tokensFrom);
                instant(registeredAt);
                number(entry);
                text(origin);
                optional(withdrawnAt, this::instant);
            }
        }
    }

    private void terms(ClientTerms terms) throws IOException {
        switch (terms) {
            case ClientTerms(var name, var roles, var regions, var maskedNameFor, var certificate, var issuer) -> {
                text(name);
                all(roles, this::constant);
                all(regions, this::text);
                all(maskedNameFor, this::text);
                optional(certificate.map(CertificateThumbprint::value), this::text);
                optional(issuer.map(IssuerId::value), this::text);
            }
        }
    }

    private void clientKey(RegisteredClient.Key key) throws IOException {
        switch (key) {
            case RegisteredClient.Key(var jwk, var _, var since) -> {
                key(jwk);
                instant(since);
            }
        }
    }

    private void proposal(RegisteredProposal registered) throws IOException {
        switch (registered) {
            case RegisteredProposal(
                    var id,
                    var entry,
                    var madeAt,
                    var closes,
                    var proposal,
                    var signers,
                    var approvals,
                    var stage) -> {
                text(id);
                number(entry);
                instant(madeAt);
                instant(closes);
                text(proposal.toJson().toString());
                all(signers, signer -> text(signer.value()));
                all(approvals, this::endorsement);
                constant(stage);
            }
        }
    }

    private void endorsement(Endorsement endorsement) throws IOException {
        switch (endorsement) {
            case Endorsement(var operator, var name, var at, var entry) -> {
                text(operator.value());
                text(name);
                instant(at);
                number(entry);
            }
        }
    }

    /** Oldest first, so that each state can be put on top of those before it. */
    private <S> void history(History<S> newest, Part<S> part) throws IOException {
        Deque<History<S>> oldestFirst = new ArrayDeque<>();
        for (History<S> one = newest; one != null; one = one.earlier()) {
            oldestFirst.push(one);
        }
        all(oldestFirst, one -> {
            switch (one) {
                case History<S>(var state, var since, var entry, var grounds, var _) -> {
                    part.write(state);
                    instant(since);
                    number(entry);
                    all(grounds, this::number);
                }
            }
        });
    }

    private void key(PublicJwk key) throws IOException {
        text(key.toJson().toString());
    }

    private <T> void all(Collection<T> values, Part<? super T> part) throws IOException {
        number(values.size());
        for (T value : values) {
            part.write(value);
        }
    }

    private <T> void optional(Optional<T> value, Part<? super T> part) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            part.write(value.get());
        }
    }

    private void text(String text) throws IOException {
        Integer number = textToNumber.putIfAbsent(text, textToNumber.size());
        if (number != null) {
            number(number);
            return;
        }
        number(textToNumber.size() - 1L);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        out.write(utf8);
    }

    private void constant(Enum<?> constant) throws IOException {
        text(constant.name());
    }

    private void instant(Instant instant) throws IOException {
        number(instant.getEpochSecond());
        number(instant.getNano());
    }

    private void duration(Duration duration) throws IOException {
        text(duration.toString());
    }

    /** Seven bits to an octet, the lowest first, the eighth where more follow; a negative one as if it had no sign. */
    private void number(long number) throws IOException {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
