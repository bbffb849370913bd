package dev.hutong.registry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.GovernedRegistry;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;
import java.util.Optional;

/** A client that remembers, as the command does with its folder. */
final class Client {
    PublicJwk hubKey = FakeHub.HUB_KEY.publicJwk();
    Optional<Held> held = Optional.empty();
    Optional<String> snapshot = Optional.empty();

    SyncOutcome visit(FakeHub hub) {
        try {
            SyncOutcome outcome =
                    new SnapshotSync(hub, GovernedRegistry.PROVIDERS, hub.governed::now).sync(hubKey, held, snapshot);
            switch (outcome) {
                case SyncOutcome.Synced synced -> keep(synced.registry());
                case SyncOutcome.Unchanged unchanged -> keep(unchanged.registry());
                case SyncOutcome.Refused _ -> {}
            }
            return outcome;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(SyncedRegistry registry) {
        held = Optional.of(registry.held());
        snapshot = Optional.of(registry.received().snapshot());
    }

    SyncedRegistry synced(FakeHub hub) {
        SyncOutcome outcome = visit(hub);
        assertThat(outcome).isInstanceOf(SyncOutcome.Synced.class);
        return ((SyncOutcome.Synced) outcome).registry();
    }

    SyncedRegistry unchanged(FakeHub hub) {
        SyncOutcome outcome = visit(hub);
        assertThat(outcome).isInstanceOf(SyncOutcome.Unchanged.class);
        return ((SyncOutcome.Unchanged) outcome).registry();
    }

    /** What was held stays, and the reason is in words. */
    void assertRefused(FakeHub hub, Ground ground) {
        Optional<Held> before = held;
        assertThat(visit(hub)).isInstanceOfSatisfying(SyncOutcome.Refused.class, refused -> {
            assertThat(refused.ground()).isEqualTo(ground);
            assertThat(refused.reason()).isNotBlank();
        });
        assertThat(held).isEqualTo(before);
    }

    long sequence() {
        return held.orElseThrow().newest().sequence();
    }

    /** Forgets the copy but not what it saw: it has to ask for the whole. */
    Client withoutCopy() {
        snapshot = Optional.empty();
        return this;
    }
}
