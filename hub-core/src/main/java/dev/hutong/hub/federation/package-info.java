/**
 * What the hub tells about the registry in the words of others: OpenID Federation 1.0, in which it is the trust anchor of its issuers, and
 * the Trust Registry Query Protocol 2.0. Both answer from the registry's fold, say nothing that is not in it, and are served by operations
 * in {@link dev.hutong.hub.http}.
 */
@NullMarked
package dev.hutong.hub.federation;

import org.jspecify.annotations.NullMarked;
