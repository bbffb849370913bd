package dev.hutong.hub.replay;

import dev.hutong.mapping.format.FormatVersions;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.registry.RegistrySnapshot;

/**
 * What a decision is made again by.
 *
 * @param registry the issuers and their keys
 * @param versions every format package that is at hand, in force or not
 * @param policies the destinations' policies
 */
public record ReplaySource(RegistrySnapshot registry, FormatVersions versions, Policies policies) {}
