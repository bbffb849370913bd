/**
 * Asking another's HTTP server from the registry's side of the house: witnesses, and logs that are verified from outside. Nothing that
 * such a server says is trusted, its lengths and its patience least of all.
 */
@NullMarked
package dev.hutong.registry.web;

import org.jspecify.annotations.NullMarked;
