package dev.hutong.hub.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.hub.bundle.Bundle.Reading;
import dev.hutong.hub.rules.PackageContent;
import dev.hutong.hub.rules.RulesChoice;
import dev.hutong.hub.rules.RulesPackage;
import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.format.InvalidPackageException;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.snapshot.Claims;
import dev.hutong.registry.snapshot.HubSignatures;
import dev.hutong.registry.snapshot.HubSource;
import dev.hutong.registry.snapshot.SnapshotSync;
import dev.hutong.registry.snapshot.SyncOutcome;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import dev.hutong.registry.snapshot.SyncedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads bundles of one hub. The snapshot in it goes through the same checks as one that {@code registry sync} fetches, and every package must
 * have the digest that stands beside it.
 */
final class BundleReader {
    static final String ANSWERS = "answers.yaml";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final PublicJwk hubKey;
    private final SignatureProviders providers;
    private final Regions regions = Regions.load();

    BundleReader(PublicJwk hubKey, SignatureProviders providers) {
        this.hubKey = hubKey;
        this.providers = providers;
    }

    /** What is wrong with a bundle; turned into a value before it leaves this class. */
    private static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Ground ground;

        UnusableException(Ground ground, String reason) {
            super(reason);
            this.ground = ground;
        }

        Reading.Refused refused() {
            return new Reading.Refused(ground, String.valueOf(getMessage()));
        }
    }

    Reading read(byte[] octets, Instant now) {
        try {
            return new Reading.Usable(bundle(payload(octets), now));
        } catch (UnusableException unusable) {
            return unusable.refused();
        }
    }

    /** Read at the instant of its issuing, at which it was good if it ever was. */
    Reading readOfAnyAge(byte[] octets) {
        try {
            JsonNode payload = payload(octets);
            return new Reading.Usable(
                    bundle(payload, Instant.ofEpochSecond(payload.path("iat").asLong())));
        } catch (UnusableException unusable) {
            return unusable.refused();
        }
    }

    private JsonNode payload(byte[] octets) throws UnusableException {
        String jws = new String(octets, StandardCharsets.ISO_8859_1).strip(); // a file may end with a line feed
        return switch (new HubSignatures(hubKey, providers).read(jws, Bundle.TYPE)) {
            case HubSignatures.Reading.Signed(JsonNode payload) -> payload;
            case HubSignatures.Reading.Refused(Ground ground, String reason) ->
                throw new UnusableException(
                        ground, ground == Ground.MALFORMED ? "It is no bundle of a hub: " + reason : reason);
        };
    }

    private Bundle bundle(JsonNode payload, Instant now) throws UnusableException {
        SyncedRegistry synced = registry(payload.path("snapshot").asText(), now);
        Claims claims = synced.received().claims();
        try {
            return new Bundle(
                    claims.hub(),
                    claims.issuedAt(),
                    claims.expires(),
                    synced,
                    versions(packages(payload.path("packages")), synced),
                    Policies.of(files(payload.path("policies")), regions),
                    Explanations.of(files(payload.path("texts")).getOrDefault(ANSWERS, new byte[0])));
        } catch (InvalidPackageException | IOException | IllegalStateException unreadable) {
            throw malformed("this version cannot read its rules: " + unreadable.getMessage());
        }
    }

    private SyncedRegistry registry(String snapshot, Instant now) throws UnusableException {
        try {
            SyncOutcome outcome = new SnapshotSync(new Carried(snapshot), providers, () -> now)
                    .sync(hubKey, Optional.empty(), Optional.empty());
            return switch (outcome) {
                case SyncOutcome.Synced(var none, SyncedRegistry registry) -> registry;
                case SyncOutcome.Unchanged(SyncedRegistry registry) -> registry;
                case SyncOutcome.Refused(Ground ground, String reason) -> throw new UnusableException(ground, reason);
            };
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("Nothing is waited for", impossible);
        }
    }

    /** Chosen as the hub chooses: what the registry in the bundle does not know judges here no more than there. */
    private static FormatVersions versions(List<RulesPackage> packages, SyncedRegistry synced) {
        return RulesChoice.of(
                        packages,
                        List.of(),
                        synced.snapshot(),
                        synced.received().claims().issuedAt())
                .versions();
    }

    private List<RulesPackage> packages(JsonNode packages) throws UnusableException {
        List<RulesPackage> compiled = new ArrayList<>();
        for (JsonNode one : packages) {
            PackageContent content = new PackageContent(files(one.path("files")));
            if (!content.digest().value().equals(one.path("digest").textValue())) {
                throw new UnusableException(
                        Ground.DIGEST_MISMATCH,
                        "A package has the digest " + content.digest() + ", and the hub signed "
                                + one.path("digest").asText() + ": the hub contradicts itself");
            }
            compiled.add(RulesPackage.of(content, regions));
        }
        return compiled;
    }

    private static SortedMap<String, byte[]> files(JsonNode json) throws UnusableException {
        SortedMap<String, byte[]> pathToFile = new TreeMap<>();
        for (var file : json.properties()) {
            byte[] octets = StrictBase64Url.decodeOrNull(file.getValue().asText());
            if (octets == null) {
                throw malformed("«" + file.getKey() + "» is not base64url");
            }
            pathToFile.put(file.getKey(), octets);
        }
        return pathToFile;
    }

    private static UnusableException malformed(String why) {
        return new UnusableException(Ground.MALFORMED, "It is no bundle of a hub: " + why);
    }

    /** A hub that is a file: it has the one snapshot, and proves nothing. */
    private record Carried(String jws) implements HubSource {
        @Override
        public Answer snapshot() {
            return new Answer(OK, jws.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public Answer delta(long from) {
            return nothing();
        }

        @Override
        public Answer proof(long from, long to) {
            return nothing();
        }

        private static Answer nothing() {
            return new Answer(NOT_FOUND, new byte[0]);
        }
    }
}
