package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;

/** Text for people that every later reader can show and store: short, in one line that reads as it is written, with a UTF-8 form. */
final class ProperText {
    private static final int MAX_TEXT = 500;

    private ProperText() {}

    /** @param member what the text is called where it is refused */
    static void require(String member, String text) throws ImpossibleEventException {
        if (text.isBlank() || text.length() > MAX_TEXT || text.codePoints().anyMatch(ProperText::isImproper)) {
            throw new ImpossibleEventException(
                    Ground.MALFORMED_TEXT,
                    "The " + member + " must be one line of 1 to " + MAX_TEXT + " characters, not only blanks");
        }
    }

    /** Controls, the separators of lines and paragraphs, what turns the direction of the text around it (Unicode UAX #9), half a character. */
    private static boolean isImproper(int codePoint) {
        return Character.isISOControl(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
                || codePoint == 0x2028
                || codePoint == 0x2029
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
