/**
 * Where a hub's rules come from: the packages that travel with it, those of a folder, and which of them the registry has published, by their
 * digests. {@link dev.hutong.hub.rules.PackageContent} is one package as its author wrote it.
 */
@NullMarked
package dev.hutong.hub.rules;

import org.jspecify.annotations.NullMarked;
