/**
 * Translation: a decision in another format's native words. {@link dev.hutong.mapping.translate.Translator} writes and reads back; what the
 * target has no word for is a {@link dev.hutong.mapping.translate.Loss}, and never makes a status better.
 */
@NullMarked
package dev.hutong.mapping.translate;

import org.jspecify.annotations.NullMarked;
