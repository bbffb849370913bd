/**
 * What people sign to change the registry: the genesis that founds it, proposals, and operators' approvals. Each is a JWS in the general
 * JSON serialization (RFC 7515 §7.2.1), so that several keys can sign one text, and stands in the log as it was signed. What a change does,
 * and whether it may, is decided by the fold in {@link dev.hutong.registry}.
 */
@NullMarked
package dev.hutong.registry.proposal;

import org.jspecify.annotations.NullMarked;
