/** Placeholders in the data files of this suite: what they may say and what they become. */
@NullMarked
package dev.hutong.conformance.template;

import org.jspecify.annotations.NullMarked;
