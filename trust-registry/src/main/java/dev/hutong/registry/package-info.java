/**
 * Who may assert a health status, since when and until when.
 *
 * <p>The only durable truth is an append-only {@link dev.hutong.registry.RegistryLog} of {@link dev.hutong.registry.RegistryEvent}s; its
 * fold is the immutable {@link dev.hutong.registry.RegistrySnapshot} that every reader uses, and {@link dev.hutong.registry.Registry}
 * is the one place where a snapshot is replaced by the next. Nothing here knows a format.
 */
@NullMarked
package dev.hutong.registry;

import org.jspecify.annotations.NullMarked;
