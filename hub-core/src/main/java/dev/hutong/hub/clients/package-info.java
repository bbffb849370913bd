/** Who asks: the hub's clients, and what each may do and see. */
@NullMarked
package dev.hutong.hub.clients;

import org.jspecify.annotations.NullMarked;
