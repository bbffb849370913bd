package dev.hutong.hub.log;

import dev.hutong.hub.config.HubConfig.RegistryConfig;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.tlog.CheckpointText;
import dev.hutong.registry.tlog.NoteVerifier;
import dev.hutong.registry.web.WebClient;
import dev.hutong.registry.witness.WitnessClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every new checkpoint countersigned by the witnesses that are configured: one loop for each, so that a dead one holds up no other,
 * for as long as the hub runs and whatever goes wrong.
 */
public final class Witnesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CheckpointPublisher publisher;
    private final List<Witnessing> witnesses;
    private final int quorum;
    private final WebClient web = new WebClient(PATIENCE);
    private final AtomicBoolean told = new AtomicBoolean();

    private Witnesses(
            CheckpointPublisher publisher, RegistryConfig config, SignatureProviders providers, InstantSource clock) {
        this.publisher = publisher;
        this.quorum = config.quorum();
        this.witnesses = config.witnesses().stream()
                .map(witness -> new Witnessing(
                        new WitnessClient(new NoteVerifier(witness.key(), providers), witness.url(), web),
                        clock,
                        System::nanoTime))
                .toList();
    }

    /** Begins to ask the witnesses of this configuration, each time the registry is looked at. */
    public static Witnesses start(
            Vertx vertx,
            CheckpointPublisher publisher,
            RegistryConfig config,
            SignatureProviders providers,
            InstantSource clock) {
        Witnesses started = new Witnesses(publisher, config, providers, clock);
        started.witnesses.forEach(witness -> BackgroundLoop.start(vertx, config.poll(), () -> started.ask(witness)));
        return started;
    }

    private void ask(Witnessing witness) {
        boolean worked = witness.standing().fault().isEmpty();
        try {
            witness.ask(publisher);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("Asking the witness {} failed", witness.key().name(), bug);
            witness.failed("the hub failed: " + bug);
        }
        witness.standing()
                .fault()
                .filter(fault -> worked)
                .ifPresent(fault -> LOG.warn(
                        "The witness {} has not cosigned: {}", witness.key().name(), fault));
        sayWhetherQuorumHolds();
    }

    /** By those that answer: between an append and the answers to it, the quorum is on its way and not lost. */
    private void sayWhetherQuorumHolds() {
        long answering = witnesses.stream()
                .filter(witness -> witness.standing().fault().isEmpty())
                .count();
        if (answering < quorum && told.compareAndSet(false, true)) {
            LOG.error(
                    "The quorum of witnesses is lost: {} of {} cosign, and {} must. Who asks for it does not believe new entries",
                    answering,
                    witnesses.size(),
                    quorum);
        } else if (answering >= quorum && told.compareAndSet(true, false)) {
            LOG.info("The quorum of witnesses is there again: {} of {} cosign", answering, witnesses.size());
        }
    }

    /** Whether enough have countersigned the present checkpoint; empty where none has to. */
    public Optional<Boolean> quorumReached() {
        return quorum == 0
                ? Optional.empty()
                : Optional.of(cosigned(publisher.current().checkpoint().text()) >= quorum);
    }

    private long cosigned(CheckpointText text) {
        return witnesses.stream().filter(witness -> witness.hasCosigned(text)).count();
    }

    /** What operators are shown: the log, and how far each witness has come. */
    public JsonObject describe() {
        PublishedLog log = publisher.current();
        CheckpointText text = log.checkpoint().text();
        long cosigned = cosigned(text);
        JsonArray each = new JsonArray();
        witnesses.forEach(witness -> each.add(describe(witness)));
        return new JsonObject()
                .put("origin", text.origin())
                .put("vkey", publisher.key().vkey())
                .put("size", log.size())
                .put("witnesses", each)
                .put("cosigned", cosigned)
                .put("quorum", quorum)
                .put("quorumReached", cosigned >= quorum);
    }

    private static JsonObject describe(Witnessing witness) {
        Witnessing.Standing standing = witness.standing();
        return new JsonObject()
                .put("name", witness.key().name())
                .put("cosignedSize", standing.cosigned().isPresent() ? standing.size() : null)
                .put("cosignedAt", standing.at().map(Instant::toString).orElse(null))
                .put("fault", standing.fault().orElse(null));
    }

    /** Ends the requests under way. */
    @Override
    public void close() {
        web.close();
    }
}
