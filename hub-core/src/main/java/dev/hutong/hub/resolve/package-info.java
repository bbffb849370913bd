/**
 * The way of a code: from what a scanner read to a decision. {@link dev.hutong.hub.resolve.Resolver} is the whole of it in one method;
 * every step it names is a type of the module that owns it.
 */
@NullMarked
package dev.hutong.hub.resolve;

import org.jspecify.annotations.NullMarked;
