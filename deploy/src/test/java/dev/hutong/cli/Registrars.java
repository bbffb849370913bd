package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.proposal.SignedDocument;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** People who register one issuer after another at a hub without a pause, and remember all that the hub acknowledged. */
final class Registrars implements AutoCloseable {
    private static final int REGISTRARS = 3;

    /** An issuer's id is given once for ever. */
    private static final AtomicInteger ISSUERS = new AtomicInteger();

    private final FoundedFolder registry;
    private final URI hub;
    private final Map<String, JsonNode> idToAcknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger missing;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService registrars = Executors.newFixedThreadPool(REGISTRARS);
    private volatile boolean ended;

    /** Begins to register, until it is closed or the hub is gone or refuses. */
    Registrars(FoundedFolder registry, String hub, int enough) {
        this.registry = registry;
        this.hub = URI.create(hub);
        this.missing = new AtomicInteger(enough);
        for (int i = 0; i < REGISTRARS; i++) {
            registrars.execute(this::register);
        }
    }

    private void register() {
        RegistryHub desk = new RegistryHub(HubConnection.to(hub));
        try {
            while (!ended) {
                SignedDocument proposal = registry.registration(
                        "330100.city" + ISSUERS.incrementAndGet(),
                        desk.invitation().nonce());
                acknowledged(desk.propose(proposal));
                for (SignedDocument approval : registry.approvals(proposal.id())) {
                    acknowledged(desk.approve(proposal.id(), approval));
                }
            }
        } catch (CommandFailure hubIsGone) {
            // As it is meant to be; what it refused instead, too few acknowledgements show.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    private void acknowledged(JsonNode proposal) {
        idToAcknowledged.put(proposal.get("id").textValue(), proposal);
        if (missing.decrementAndGet() == 0) {
            over.countDown();
        }
    }

    /** Returns once so many proposals and approvals were acknowledged, or one was not. */
    void awaitEnough() throws InterruptedException {
        over.await();
    }

    /** Registers no more, and gives each proposal as it was last acknowledged. */
    Map<String, JsonNode> end() {
        ended = true;
        registrars.close();
        return Map.copyOf(idToAcknowledged);
    }

    @Override
    public void close() {
        end();
    }
}
