/** What attackers try, each as a test of its own through the HTTP surface of a running hub, under the name that {@code docs/security.md} has. */
@NullMarked
package dev.hutong.hub.attacks;

import org.jspecify.annotations.NullMarked;
