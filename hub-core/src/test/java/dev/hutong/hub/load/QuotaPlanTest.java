package dev.hutong.hub.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.clients.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuotaPlanTest {
    private static final Quota LITTLE = new Quota(1, Duration.ofSeconds(1), 1);
    private static final Quota MORE = new Quota(10, Duration.ofSeconds(1), 1);
    private static final Quota OTHERWISE = new Quota(5, Duration.ofSeconds(1), 1);

    private final QuotaPlan plan =
            new QuotaPlan(OTHERWISE, Map.of(Role.ISSUER, LITTLE, Role.VERIFIER, MORE), LITTLE, LITTLE);

    @Test
    void aClientHasTheMostGenerousQuotaOfItsRoles() {
        assertThat(plan.of(new Caller("a", Set.of(Role.ISSUER)))).isEqualTo(LITTLE);
        assertThat(plan.of(new Caller("a", Set.of(Role.ISSUER, Role.VERIFIER)))).isEqualTo(MORE);
    }

    @Test
    void whoHasNoSuchRoleOrIsNotKnownHasTheDefault() {
        assertThat(plan.of(new Caller("a", Set.of()))).isEqualTo(OTHERWISE);
        assertThat(plan.of(Caller.ANONYMOUS)).isEqualTo(OTHERWISE);
    }
}
