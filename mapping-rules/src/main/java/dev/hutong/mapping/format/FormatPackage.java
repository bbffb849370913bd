package dev.hutong.mapping.format;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** One format, compiled from its package: everything the hub knows about a province's code. Immutable and safe for all threads. */
public final class FormatPackage {
    private final IssuerName issuer;
    private final String version;
    private final Bilingual title;
    private final List<Recognition> recognitions;
    private final Envelope envelope;
    private final StatementRules rules;

    /**
     * Compiles a package.
     *
     * @throws InvalidPackageException where it cannot be used as written
     */
    FormatPackage(FormatDocument document, Regions regions) {
        RegionCode region = regions.find(document.region())
                .orElseThrow(
                        () -> new InvalidPackageException("region: «" + document.region() + "» is not in GB/T 2260"));
        this.issuer = new IssuerName(region, new FormatId(document.format()));
        this.version = document.version();
        this.title = document.title();
        this.recognitions = document.recognise().stream().map(Recognition::of).toList();
        this.envelope = envelope(document.open());
        this.rules = new StatementRules(this, envelope.statementToken(), document.statements(), regions);
    }

    public FormatId id() {
        return issuer.format();
    }

    public String version() {
        return version;
    }

    /** {@code format@version}, as it stands in traces and rule ids. */
    public String versioned() {
        return issuer.format() + "@" + version;
    }

    /** The one issuer whose codes these are. */
    public IssuerName issuer() {
        return issuer;
    }

    public Bilingual title() {
        return title;
    }

    public List<Recognition> recognitions() {
        return recognitions;
    }

    public Envelope envelope() {
        return envelope;
    }

    /** See {@link SignedClaims#map}. */
    Outcome<List<Statement>> map(SignedClaims signed, Instant now) {
        return rules.map(signed, now);
    }

    private static Envelope envelope(FormatDocument.Open open) {
        FormatDocument.Token signedText = open.signedText();
        List<FormatDocument.Step> steps = open.platform();
        if (signedText != null && steps == null) {
            return new Envelope.SignedText(new TokenSchema("open.signed-text", signedText)
                    .requiring("open.signed-text", Envelope.EVERY_TOKEN));
        }
        if (steps != null && !steps.isEmpty() && signedText == null) {
            return new Envelope.Platform(IntStream.range(0, steps.size())
                    .mapToObj(i -> PlatformStep.of("open.platform[" + i + "]", steps.get(i)))
                    .toList());
        }
        throw new InvalidPackageException("open: exactly one of «signed-text» and «platform» (with at least one step)");
    }
}
