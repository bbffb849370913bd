package dev.hutong.mapping;

/** The issuer a format belongs to, written {@code <region>.<format>}. */
public record IssuerName(RegionCode region, FormatId format) {
    @Override
    public String toString() {
        return region.value() + "." + format.value();
    }
}
