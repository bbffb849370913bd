package dev.hutong.registry;

import dev.hutong.registry.RegistryEvent.ClientRegistered;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.proposal.Action.RegisterClient;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Registers an issuer and its key, or a client, at once, by whoever holds the data folder: for loopback development hubs only. Its events say so
 * ({@link KeyActivated#LOCAL_DEVELOPMENT}), so that nobody takes them for keys that two operators approved.
 */
public final class LocalRegistration {
    private final Registry registry;
    private final InstantSource clock;

    public LocalRegistration(Registry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** What became of it. */
    public sealed interface Result {
        /** The key is active; {@code newIssuer} says whether its issuer was registered with it. */
        record Added(boolean newIssuer, KeyId key) implements Result {}

        /** Nothing was changed; {@code why} says what to do. */
        record Refused(String why) implements Result {}
    }

    /**
     * Adds {@code key} to {@code issuer}, which is registered if it is new.
     *
     * @param platform where its platform answers; for an issuer that exists, empty leaves that as it is
     */
    public Result add(IssuerId issuer, String name, Optional<URI> platform, PublicJwk key) {
        Optional<RegisteredIssuer> present = registry.snapshot().issuer(issuer);
        Optional<String> contradiction = present.flatMap(known -> contradiction(known, name, platform));
        if (contradiction.isPresent()) {
            return new Result.Refused(contradiction.get());
        }
        Instant now = clock.instant();
        List<RegistryEvent> events = new ArrayList<>();
        if (present.isEmpty()) {
            events.add(new IssuerRegistered(now, issuer, name, platform));
        }
        events.add(
                new KeyActivated(now, issuer, key, Optional.empty(), Optional.empty(), KeyActivated.LOCAL_DEVELOPMENT));
        return switch (registry.append(events)) {
            case Registry.Appended appended -> new Result.Added(present.isEmpty(), new KeyId(key.kid()));
            case Registry.Refused(EventRefusal refusal) -> new Result.Refused(refusal.detail());
        };
    }

    /** Lets a client in, which may ask at once. */
    public Result add(RegisterClient client) {
        RegistryEvent event = new ClientRegistered(clock.instant(), client, KeyActivated.LOCAL_DEVELOPMENT);
        return switch (registry.append(List.of(event))) {
            case Registry.Appended appended -> new Result.Added(false, KeyId.of(client.key()));
            case Registry.Refused(EventRefusal refusal) -> new Result.Refused(refusal.detail());
        };
    }

    private static Optional<String> contradiction(RegisteredIssuer known, String name, Optional<URI> platform) {
        if (!known.name().equals(name)) {
            return Optional.of(known.id().value() + " is registered as «" + known.name() + "», not «" + name
                    + "»: give that name, or another id.");
        }
        if (platform.isPresent() && !platform.equals(known.platform())) {
            return Optional.of(known.id().value() + " is registered with "
                    + known.platform().map(url -> "the platform " + url).orElse("no platform") + ", not "
                    + platform.get()
                    + ": leave --platform out, or give another id.");
        }
        return Optional.empty();
    }
}
