package dev.hutong.hub.config;

/** How decisions are kept: {@code ledger} in {@code hub.yaml}. */
public record LedgerConfig() {
    static final LedgerConfig DEFAULT = new LedgerConfig();

    static LedgerConfig read(ConfigTree tree) {
        return DEFAULT;
    }
}
