package dev.hutong.mapping.policy;

import dev.hutong.mapping.Bilingual;
import java.util.regex.Pattern;

/**
 * What a policy asks for beyond a green.
 *
 * @param id its name within the policy: lower-case letters, digits and hyphens
 * @param text what is not met where it is not, for people
 * @param remedy what the holder can do to meet it
 * @param requirement what is asked for
 */
public record Demand(String id, Bilingual text, Bilingual remedy, Requirement requirement) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public Demand {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("demands: an id is lower-case letters, digits and hyphens,"
                    + " and does not begin with a hyphen; not «" + id + "»");
        }
    }
}
