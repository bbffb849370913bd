package dev.hutong.province;

import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.Recognition;

/**
 * A scanned code that a format has claimed; whether it is a whole one is found out when it is opened.
 *
 * @param format the format that claims it
 * @param recognition by what
 * @param scanned what was scanned
 */
public record RecognisedCode(FormatPackage format, Recognition recognition, ScannedCode scanned) {}
