package dev.hutong.hub.http;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegisteredIssuer;
import dev.hutong.registry.RegistryAsOf;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The instant that a request asks about: {@code ?at=}, RFC 3339 and not in the future, or now. */
sealed interface PointInTime {
    /** An instant that can be answered. */
    sealed interface Known extends PointInTime {
        Instant instant();

        /** The instant that the request names; empty where it asks about now. */
        Optional<Instant> asked();

        /** The registry as it is known at this instant. */
        RegistryAsOf of(RegistrySnapshot snapshot);

        /** The issuers that the registry knows at this instant. */
        Collection<RegisteredIssuer> issuersOf(RegistrySnapshot snapshot);

        /** The issuer of this name, if the registry knows it at this instant. */
        Optional<RegisteredIssuer> issuerOf(RegistrySnapshot snapshot, IssuerId id);
    }

    /** Now; the registry answers with all that it knows. */
    record Now(Instant instant) implements Known {
        @Override
        public Optional<Instant> asked() {
            return Optional.empty();
        }

        @Override
        public RegistryAsOf of(RegistrySnapshot snapshot) {
            return snapshot.asOfNow(instant);
        }

        @Override
        public Collection<RegisteredIssuer> issuersOf(RegistrySnapshot snapshot) {
            return snapshot.issuers();
        }

        @Override
        public Optional<RegisteredIssuer> issuerOf(RegistrySnapshot snapshot, IssuerId id) {
            return snapshot.issuer(id);
        }
    }

    /** An instant that is over; the registry answers with what it knew then. */
    record Then(Instant instant) implements Known {
        @Override
        public Optional<Instant> asked() {
            return Optional.of(instant);
        }

        @Override
        public RegistryAsOf of(RegistrySnapshot snapshot) {
            return snapshot.asOf(instant);
        }

        @Override
        public Collection<RegisteredIssuer> issuersOf(RegistrySnapshot snapshot) {
            return snapshot.issuersAsOf(instant);
        }

        @Override
        public Optional<RegisteredIssuer> issuerOf(RegistrySnapshot snapshot, IssuerId id) {
            return snapshot.issuerAsOf(id, instant);
        }
    }

    /** The request asks about no instant that can be answered. */
    record None(Problem problem) implements PointInTime {}

    static PointInTime of(RoutingContext context, InstantSource clock) {
        List<String> at = context.queryParam("at");
        Instant now = clock.instant();
        if (at.isEmpty()) {
            return new Now(now);
        }
        if (at.size() > 1) {
            return none("«at» stands there more than once: write it once.");
        }
        return read(at.getFirst(), now);
    }

    private static PointInTime read(String text, Instant now) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.isAfter(now)
                    ? none("«at» lies in the future, and nobody knows who is trusted then: write " + now
                            + " or earlier, or leave it out for now.")
                    : new Then(instant);
        } catch (DateTimeParseException malformed) {
            return none(
                    "«at» is no instant: write it as RFC 3339 has it, such as 2026-01-05T08:00:00Z (a + in it as %2B).");
        }
    }

    private static PointInTime none(String detail) {
        return new None(new Problem(ProblemType.INVALID_REQUEST, detail));
    }
}
