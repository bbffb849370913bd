package dev.hutong.hub.log;

import dev.hutong.registry.VerifiedCheckpoint;
import dev.hutong.registry.merkle.Checkpoint;
import dev.hutong.registry.merkle.MerkleTree;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps on the disk up to which checkpoint all signatures have been checked: a second after an append at the latest, and at the end. */
public final class VerifiedCheckpointKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(VerifiedCheckpointKeeper.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final CheckpointPublisher publisher;
    private final Path file;
    private final AtomicBoolean failing = new AtomicBoolean();
    private Checkpoint kept = MerkleTree.empty().checkpoint();

    private VerifiedCheckpointKeeper(CheckpointPublisher publisher, Path file) {
        this.publisher = publisher;
        this.file = file;
    }

    /** Begins to keep the checkpoints of a registry whose signatures have all been checked. */
    public static VerifiedCheckpointKeeper start(Vertx vertx, CheckpointPublisher publisher, Path file) {
        VerifiedCheckpointKeeper keeper = new VerifiedCheckpointKeeper(publisher, file);
        keeper.keep();
        BackgroundLoop.start(vertx, EVERY, keeper::keep);
        return keeper;
    }

    /** Writes the present checkpoint, unless it is written already. Blocks; says once that it fails, and tries again. */
    public synchronized void keep() {
        PublishedLog log = publisher.current();
        if (log.checkpoint().checkpoint().equals(kept)) {
            return;
        }
        try {
            VerifiedCheckpoint.write(file, log.checkpoint());
            kept = log.checkpoint().checkpoint();
            failing.set(false);
        } catch (IOException failure) {
            if (failing.compareAndSet(false, true)) {
                LOG.error("{} cannot be written; the next start checks more signatures anew", file, failure);
            }
        }
    }
}
