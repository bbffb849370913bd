/**
 * How is this province's code read, and its platform asked? {@link dev.hutong.province.Recogniser} finds the format that claims what
 * was scanned, {@link dev.hutong.province.EnvelopeReader} opens it, {@link dev.hutong.province.TokenAuthenticator} proves who signed a
 * text, and {@link dev.hutong.province.Platforms} asks where a text says nothing by itself. All are driven by the format package; none
 * judges what a status means.
 */
@NullMarked
package dev.hutong.province;

import org.jspecify.annotations.NullMarked;
