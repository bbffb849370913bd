package dev.hutong.registry.jose;

/** Well-formed UTF-8 as the Unicode Standard, table 3-7, defines it: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class StrictUtf8 {
    private StrictUtf8() {}

    /** True where the octets are well-formed UTF-8 throughout. */
    static boolean isWellFormed(byte[] octets) {
        int at = 0;
        while (at < octets.length) {
            int lead = octets[at] & 0xFF;
            if (lead < 0x80) {
                at++;
                continue;
            }
            int length = sequenceLength(lead);
            if (length == 0 || at + length > octets.length) {
                return false;
            }
            int second = octets[at + 1] & 0xFF;
            if (second < lowestSecond(lead) || second > highestSecond(lead)) {
                return false;
            }
            for (int i = 2; i < length; i++) {
                if ((octets[at + i] & 0xC0) != 0x80) {
                    return false;
                }
            }
            at += length;
        }
        return true;
    }

    /** True where every surrogate of the text stands in a pair, so that the text has a UTF-8 form. */
    static boolean isEncodable(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!paired) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private static int sequenceLength(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 2;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return 3;
        }
        return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    }

    private static int lowestSecond(int lead) {
        return switch (lead) {
            case 0xE0 -> 0xA0;
            case 0xF0 -> 0x90;
            default -> 0x80;
        };
    }

    private static int highestSecond(int lead) {
        return switch (lead) {
            case 0xED -> 0x9F;
            case 0xF4 -> 0x8F;
            default -> 0xBF;
        };
    }
}
