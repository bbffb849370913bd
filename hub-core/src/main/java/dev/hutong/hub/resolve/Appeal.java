package dev.hutong.hub.resolve;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * To whom a holder turns who holds what decided for wrong. Only who asserted a status can take it back.
 *
 * @param issuer who signed the deciding statement
 * @param region whose assertion it is, or null where the issuer named none that is known
 * @param text how, for people
 */
public record Appeal(IssuerName issuer, @Nullable RegionCode region, Bilingual text) {}
