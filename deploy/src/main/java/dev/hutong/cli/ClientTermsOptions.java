package dev.hutong.cli;

import dev.hutong.registry.CertificateThumbprint;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a client is registered with: a mixin. */
final class ClientTermsOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "What people call it (default: its id).")
    private @Nullable String name;

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "verifier, issuer, operator or auditor; again for a further one.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--region",
            split = ",",
            paramLabel = "DIGITS",
            description = {
                "A destination for which it may ask: how its GB/T 2260 code begins, 2, 4 or 6 digits;",
                "again for a further one (default: all)."
            })
    private List<String> regions = new ArrayList<>();

    @Option(
            names = "--masked-name-for",
            split = ",",
            paramLabel = "PURPOSE",
            description =
                    "A purpose for which a masked name may be shown to it, such as hospital-admission (default: none).")
    private List<String> purposes = new ArrayList<>();

    @Option(
            names = "--certificate",
            paramLabel = "X5T#S256",
            description = "The SHA-256 of the TLS certificate that its tokens are bound to, base64url (default: none).")
    private @Nullable String certificate;

    @Option(
            names = "--issuer",
            paramLabel = "ISSUER",
            description = "With the role issuer: the issuer it speaks for, whose appeals it is shown (default: none).")
    private @Nullable String issuer;

    ClientTerms terms(String id) {
        Set<ClientRole> known = roles.stream()
                .map(text -> ClientRole.of(text)
                        .orElseThrow(() ->
                                Arguments.usage("--role", text, "is none of verifier, issuer, operator, auditor")))
                .collect(Collectors.toSet());
        Optional<CertificateThumbprint> bound = Optional.ofNullable(certificate)
                .map(text -> CertificateThumbprint.parse(text)
                        .orElseThrow(() -> Arguments.usage("--certificate", text, "is no SHA-256 in base64url")));
        try {
            return new ClientTerms(name == null ? id : name, known, Set.copyOf(regions), Set.copyOf(purposes), bound)
                    .speakingFor(Optional.ofNullable(issuer).map(text -> Arguments.issuer("--issuer", text)));
        } catch (IllegalArgumentException fault) {
            throw new CommandFailure(ExitCodes.USAGE, Shown.sentence(String.valueOf(fault.getMessage())));
        }
    }
}
