package dev.hutong.hub.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.hub.rules.LiveRules;
import dev.hutong.hub.rules.PackageContent;
import dev.hutong.hub.rules.RulesPackage;
import dev.hutong.mapping.Yaml;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.snapshot.Claims;
import dev.hutong.registry.snapshot.SnapshotPublication;
import dev.hutong.registry.snapshot.SnapshotPublication.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bundle of a running hub: signed once for each snapshot of its registry and each exchange of its rules, with the snapshot's own times.
 *
 * <p>Threads: any; computes for as long as the registry is large, so not on an event loop.
 */
public final class BundlePublication {
    private final SnapshotPublication snapshots;
    private final LiveRules rules;
    private final CompactJwsSigner signer;
    private final SortedMap<String, byte[]> texts = bundledFiles("/texts");
    private final ReentrantLock issuing = new ReentrantLock();
    private @Nullable Edition latest;

    /** A bundle, and what it was made of. */
    private record Edition(String snapshotTag, List<RulesPackage> packages, SignedBundle bundle) {}

    /** @param signer signs by the key that the snapshots are signed with */
    public BundlePublication(SnapshotPublication snapshots, LiveRules rules, CompactJwsSigner signer) {
        this.snapshots = snapshots;
        this.rules = rules;
        this.signer = signer;
    }

    /** The bundle, issued where none is at hand that says how registry and rules now stand. */
    public SignedBundle bundle() {
        issuing.lock();
        try {
            List<RulesPackage> packages = rules.running();
            Issued issued = snapshots.issued();
            Edition before = latest;
            if (before != null
                    && before.snapshotTag().equals(issued.snapshot().tag())
                    && before.packages().equals(packages)) {
                return before.bundle();
            }
            SignedBundle bundle = sign(issued, packages);
            latest = new Edition(issued.snapshot().tag(), packages, bundle);
            return bundle;
        } finally {
            issuing.unlock();
        }
    }

    private SignedBundle sign(Issued issued, List<RulesPackage> packages) {
        Claims claims = issued.claims();
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("iss", claims.hub())
                .put("iat", claims.issuedAt().getEpochSecond())
                .put("exp", claims.expires().getEpochSecond());
        payload.putObject("checkpoint")
                .put("origin", claims.origin().orElse(null))
                .put("size", claims.checkpoint().size())
                .put("root", claims.checkpoint().root().toBase64());
        payload.put("snapshot", issued.snapshot().jws());
        ArrayNode array = payload.putArray("packages");
        for (RulesPackage one : packages) {
            PackageContent content = one.content();
            ObjectNode json = array.addObject()
                    .put("package", one.format().versioned())
                    .put("digest", content.digest().value());
            json.set("files", files(content.pathToFile()));
        }
        payload.set("policies", files(rules.policies().files()));
        payload.set("texts", files(texts));
        String jws = signer.sign(Bundle.TYPE, payload);
        return new SignedBundle(jws, claims.sequence() + "." + hashOf(jws));
    }

    private static ObjectNode files(Map<String, byte[]> pathToFile) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        pathToFile.forEach((path, file) -> json.put(path, StrictBase64Url.encode(file)));
        return json;
    }

    private static SortedMap<String, byte[]> bundledFiles(String folder) {
        return Yaml.withBundled(folder, path -> {
            try {
                return PackageContent.read(path).pathToFile();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String hashOf(String jws) {
        try {
            byte[] octets = jws.getBytes(StandardCharsets.US_ASCII);
            return StrictBase64Url.encode(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
