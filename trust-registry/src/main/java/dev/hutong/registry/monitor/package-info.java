/**
 * Verifying a registry log from outside: fetches all of it, believes nothing, and says for each entry what is wrong with it. What a
 * monitor of the log runs, and whoever wants to know who was trusted when, and by whose approval.
 */
@NullMarked
package dev.hutong.registry.monitor;

import org.jspecify.annotations.NullMarked;
