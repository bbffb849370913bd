package dev.hutong.registry.jose;

/** What became of a key that was offered: it is one that can be used, or it is refused by one named check. */
public sealed interface KeyAdmission<K> {
    /** The key passed every check. */
    record Admitted<K>(K key) implements KeyAdmission<K> {}

    /**
     * The key failed a check.
     *
     * @param fault which check; {@link KeyFault#remedy()} says what to do
     * @param detail what was found, without any private member's value
     */
    record Refused<K>(KeyFault fault, String detail) implements KeyAdmission<K> {
        /** One sentence each of what was found and what to do about it. */
        public String explanation() {
            return detail + ". " + fault.remedy();
        }
    }
}
