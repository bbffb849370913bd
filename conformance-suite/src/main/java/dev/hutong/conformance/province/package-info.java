/**
 * Virtual provinces: issuers on loopback that are described by data alone. Some sign codes that can be read offline, some hand out opaque codes and answer for them on a platform, which
 * can be told to misbehave code by code.
 */
@NullMarked
package dev.hutong.conformance.province;

import org.jspecify.annotations.NullMarked;
