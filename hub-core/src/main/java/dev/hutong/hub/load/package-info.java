/**
 * What happens when more is asked than can be answered? Each event loop keeps its own queue, shares it fairly, refuses what has waited too
 * long, and tells how hard pressed it is; each client has a quota. Nothing here waits, and nothing is locked.
 */
@NullMarked
package dev.hutong.hub.load;

import org.jspecify.annotations.NullMarked;
