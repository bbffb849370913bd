package dev.hutong.hub.log;

import dev.hutong.registry.Governance;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.tlog.CheckpointText;
import dev.hutong.registry.tlog.NoteKey;
import dev.hutong.registry.tlog.NoteSignature;
import dev.hutong.registry.tlog.NoteSigner;
import dev.hutong.registry.tlog.SignedCheckpoint;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Signs the registry log's checkpoint, once for each snapshot. Safe for any number of threads, event loops too: a signature of Ed25519
 * takes microseconds, and two that race make the same one.
 */
public final class CheckpointPublisher {
    private final Registry registry;
    private final PrivateJwk logKey;
    private final SignatureProviders providers;
    private final String developmentOrigin;
    private final AtomicReference<@Nullable PublishedLog> published = new AtomicReference<>();
    private final AtomicReference<NoteSigner> signer;

    /** @param hubId the origin of a development registry, which has no genesis that names one */
    public CheckpointPublisher(Registry registry, PrivateJwk logKey, SignatureProviders providers, String hubId) {
        this.registry = registry;
        this.logKey = logKey;
        this.providers = providers;
        this.developmentOrigin = hubId;
        this.signer = new AtomicReference<>(new NoteSigner(originOf(registry.snapshot()), logKey, providers));
    }

    /** The log as it is published now. */
    public PublishedLog current() {
        RegistrySnapshot snapshot = registry.snapshot();
        PublishedLog last = published.get();
        if (last != null && last.snapshot() == snapshot) {
            return last;
        }
        PublishedLog next = sign(snapshot);
        return published.compareAndSet(last, next) ? next : current();
    }

    /** The key that the checkpoints are signed with, under the log's origin. */
    public NoteKey key() {
        return signerOf(registry.snapshot()).key();
    }

    /** Puts a witness's signatures below the checkpoint that they are of, unless that is history already. */
    void add(CheckpointText text, List<NoteSignature> cosignatures) {
        published.updateAndGet(last -> last != null && last.checkpoint().text().equals(text)
                ? last.with(last.checkpoint().with(cosignatures))
                : last);
    }

    private PublishedLog sign(RegistrySnapshot snapshot) {
        NoteSigner by = signerOf(snapshot);
        CheckpointText text = new CheckpointText(by.key().name(), snapshot.checkpoint());
        return new PublishedLog(snapshot, SignedCheckpoint.sign(text, by));
    }

    /** The origin changes at most once, when a registry is founded. */
    private NoteSigner signerOf(RegistrySnapshot snapshot) {
        String origin = originOf(snapshot);
        return Objects.requireNonNull(signer.updateAndGet(
                last -> last.key().name().equals(origin) ? last : new NoteSigner(origin, logKey, providers)));
    }

    private String originOf(RegistrySnapshot snapshot) {
        return snapshot.governance().map(Governance::origin).orElse(developmentOrigin);
    }
}
