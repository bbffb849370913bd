package dev.hutong.mapping.policy;

import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Statement;

/**
 * Whose assertions a policy means: an issuer's, by its id, or those of a region and of all that lies in it
 * ({@code 420000} is a whole province, {@code 420100} a city with its counties).
 *
 * @param name an issuer id, or six digits
 */
public record Asserter(String name) {
    public Asserter {
        boolean isRegion = RegionCode.isSixDigits(name);
        boolean isIssuer = name.length() > 7 && name.charAt(6) == '.' && RegionCode.isSixDigits(name.substring(0, 6));
        if (!isRegion && !isIssuer) {
            throw new IllegalArgumentException(
                    "judgeAs.of: a region of six digits or an issuer's id, not «" + name + "»");
        }
    }

    /** Whether it was they who asserted this. */
    boolean asserted(Statement statement) {
        if (statement.issuer().toString().equals(name)) {
            return true;
        }
        RegionCode region = statement.region();
        return region != null && RegionCode.isSixDigits(name) && region.value().startsWith(stem());
    }

    /** The digits that all regions within it share. */
    private String stem() {
        if (name.endsWith("0000")) {
            return name.substring(0, 2);
        }
        return name.endsWith("00") ? name.substring(0, 4) : name;
    }
}
