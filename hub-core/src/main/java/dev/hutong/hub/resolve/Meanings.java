package dev.hutong.hub.resolve;

import dev.hutong.mapping.Explanations;
import dev.hutong.mapping.policy.Policies;

/** The data that judges and explains. */
public record Meanings(Policies policies, Explanations explanations) {}
