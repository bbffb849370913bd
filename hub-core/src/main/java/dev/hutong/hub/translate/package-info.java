/** Decisions in other formats' words, signed for those formats' readers. */
@NullMarked
package dev.hutong.hub.translate;

import org.jspecify.annotations.NullMarked;
