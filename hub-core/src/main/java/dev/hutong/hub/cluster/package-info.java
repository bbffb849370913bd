/**
 * What do the hubs of one registry tell each other? That its log has grown, which assertions were used, and who has asked how often: all of
 * it may be lost, and nothing is decided by it that the registry's log does not say. What crosses the wire is public, or a pseudonym
 * under a key that only these hubs hold. A hub that stands alone loads nothing of it.
 */
@NullMarked
package dev.hutong.hub.cluster;

import org.jspecify.annotations.NullMarked;
