package dev.hutong.hub.attacks;

/**
 * One attack.
 *
 * @param name which, as {@code docs/security.md} calls it
 * @param variant how it is carried out here
 * @param code what the attacker shows
 * @param reason why it is refused
 */
record Attack(String name, String variant, String code, String reason) {
    String title() {
        return name + ": " + variant + " → " + reason;
    }
}
