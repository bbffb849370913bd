package dev.hutong.hub.federation;

import java.time.Instant;
import java.util.Optional;

/**
 * A question of the Trust Registry Query Protocol 2.0: has the authority authorized (or recognized) the entity to do the action with the
 * resource?
 *
 * @param entity {@code entity_id}
 * @param authority {@code authority_id}
 * @param action {@code issue} or {@code delegate}
 * @param resource a format's id
 * @param time as of when; the present where absent
 */
public record TrustQuestion(String entity, String authority, String action, String resource, Optional<Instant> time) {}
