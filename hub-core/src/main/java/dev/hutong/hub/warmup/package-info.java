/** How a hub gets fast before it says that it is ready: it resolves codes of nobody's. */
@NullMarked
package dev.hutong.hub.warmup;

import org.jspecify.annotations.NullMarked;
