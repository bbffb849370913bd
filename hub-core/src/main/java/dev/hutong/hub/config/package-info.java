/** The hub's configuration: one validated tree of records, read from {@code hub.yaml} or made of defaults. */
@NullMarked
package dev.hutong.hub.config;

import org.jspecify.annotations.NullMarked;
