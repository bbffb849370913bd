package dev.hutong.hub;

import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.config.LoadConfig;
import dev.hutong.hub.http.Callers;
import dev.hutong.hub.http.HttpApi;
import dev.hutong.hub.http.LoadGate;
import dev.hutong.hub.http.QuotaGate;
import dev.hutong.hub.http.RegistryOperations;
import dev.hutong.hub.load.LocalQuotas;
import dev.hutong.hub.telemetry.Telemetry;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.LogEntry;
import dev.hutong.registry.ProposalDesk;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.RegistryLog;
import dev.hutong.registry.RegistryStorageException;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.proposal.SignedDocument;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered while the registry's store does not work: try later, and nothing of why. */
class StoreFailureIT {
    /** A log that can be told to fail. */
    private static final class FailingLog implements RegistryLog {
        private final RegistryLog log;
        private volatile boolean fails;
        private volatile boolean failsOnceItHasTaken;

        FailingLog(RegistryLog log) {
            this.log = log;
        }

        private RegistryLog log() {
            if (fails) {
                throw new RegistryStorageException("disk 4711 is full");
            }
            return log;
        }

        @Override
        public List<LogEntry> read(long fromIndex, int limit) {
            return log().read(fromIndex, limit);
        }

        @Override
        public long size() {
            return log().size();
        }

        @Override
        public AppendResult append(long expectedSize, List<String> leaves) {
            AppendResult result = log().append(expectedSize, leaves);
            fails = failsOnceItHasTaken;
            return result;
        }

        @Override
        public void tryAppending() {
            log().tryAppending();
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private static void assertUnavailable(Exchange exchange, String what) {
        assertThat(exchange.json().get("detail").textValue()).contains(what);
        assertThat(exchange.status()).isEqualTo(503);
        assertThat(exchange.problem()).isEqualTo("store-unavailable");
        assertThat(exchange.header("Retry-After")).isEqualTo("5");
        assertThat(exchange.text()).doesNotContain("4711");
    }

    @Test
    void proposalsAndApprovalsAreAnsweredWith503AndAreTakenOnceItWorksAgain(@TempDir Path data) throws Exception {
        InstantSource clock = InstantSource.system();
        FoundedFolder founded = new FoundedFolder(data, clock);
        PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.ES256);
        Vertx vertx = Vertx.vertx();
        if (!(RegistryFolder.tryOpen(data) instanceof RegistryFolder.Opened(RegistryFolder folder))
                || !(KeyFile.load(folder.logKeyFile()) instanceof KeyFile.Reading.Key(PrivateJwk logKey))) {
            throw new IllegalStateException(data + " cannot be used");
        }
        try (folder) {
            FailingLog log = new FailingLog(folder.log());
            Registry registry = Registry.open(log, FoundedFolder.PROVIDERS, clock);
            ProposalDesk desk = new ProposalDesk(registry, new NonceIssuer(logKey), clock);
            LoadConfig load = TestHub.config(data).load();
            QuotaGate quotas = new QuotaGate(
                    new LocalQuotas(System::nanoTime), load.quotas(), new LoadGate(load.limits(), List.of()));
            HttpApi api = new HttpApi(
                    List.of(Callers.OPEN), List.of(new RegistryOperations(registry, log, desk, clock, quotas)));
            URI url = HttpServers.listen(
                    vertx,
                    new Door("http", new Endpoint("127.0.0.1", 0), Optional.empty()),
                    1,
                    Telemetry.unseen(clock).ofVerifiers(api::router));
            try (HubClient http = HubClient.ofVerifier(url)) {
                ProposalClient client = new ProposalClient(http, founded);
                String id = id(client.propose(registration(Codes.GUANGDONG, key), key));

                log.fails = true;
                assertUnavailable(
                        client.propose(registration(Codes.HANGZHOU, founded.anna), founded.anna),
                        "Nothing was changed");
                assertUnavailable(client.approve(id, founded.anna), "Nothing was changed");
                assertUnavailable(client.show(id), "Nothing was changed");
                assertThat(http.get(ProposalClient.PROPOSALS).status()).isEqualTo(200);

                log.fails = false;
                assertThat(client.approve(id, founded.anna).status()).isEqualTo(200);

                PrivateJwk another = FoundedFolder.key(SignatureAlgorithm.ES256);
                SignedDocument taken = founded.proposal(
                        FoundedFolder.ORIGIN, client.nonce(), registration(Codes.HANGZHOU, another), another);
                log.failsOnceItHasTaken = true;
                assertUnavailable(client.propose(taken), "It may have been taken up all the same");

                log.failsOnceItHasTaken = false;
                log.fails = false;
                Exchange again = client.propose(taken);
                assertThat(again.status()).isBetween(200, 201);
                assertThat(id(again)).isEqualTo(taken.id());
            }
        } finally {
            vertx.close().await();
        }
    }
}
