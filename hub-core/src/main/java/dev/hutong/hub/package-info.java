/** The running hub. {@link dev.hutong.hub.Hub} wires everything in one place. */
@NullMarked
package dev.hutong.hub;

import org.jspecify.annotations.NullMarked;
