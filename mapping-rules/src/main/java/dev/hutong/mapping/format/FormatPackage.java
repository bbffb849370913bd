package dev.hutong.mapping.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.FormatId;
import dev.hutong.mapping.Holder;
import dev.hutong.mapping.IssuerName;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.RegionCode;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.Yaml;
import java.lang.module.ModuleDescriptor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One format, compiled from its package: everything the hub knows about a province's code. Immutable and safe for all threads. */
public final class FormatPackage {
    /** What stands for the characters of a name that are not told. */
    private static final String MASK = "*";

    /** More is no masked name. */
    private static final int LONGEST_MASKED_NAME = 16;

    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

    private final IssuerName issuer;
    private final String version;
    private final String versioned;
    private final Bilingual title;
    private final @Nullable Bilingual appeal;
    private final List<String> holder;
    private final @Nullable String maskedName;
    private final InForce inForce;
    private final List<Recognition> recognitions;
    private final Envelope envelope;
    private final StatementRules rules;
    private final Invariants invariants;
    private final Map<String, FormatDocument.Cause> codeToCause;
    private final @Nullable Writing writing;

    /**
     * Compiles a package.
     *
     * @throws InvalidPackageException where it cannot be used as written
     */
    FormatPackage(FormatDocument document, Regions regions) {
        RegionCode region = regions.find(document.region())
                .orElseThrow(
                        () -> new InvalidPackageException("region: «" + document.region() + "» is not in GB/T 2260"));
        if (!VERSION.matcher(document.version()).matches()) {
            throw new InvalidPackageException(
                    "version: three numbers with dots between, such as 1.0.0; not «" + document.version() + "»");
        }
        this.issuer = new IssuerName(region, new FormatId(document.format()));
        this.version = document.version();
        this.versioned = issuer.format() + "@" + version;
        this.title = document.title();
        this.appeal = document.appeal();
        this.inForce = InForce.of(document.validFrom(), document.validTo());
        if (document.recognise().isEmpty()) {
            throw new InvalidPackageException("recognise: names no way");
        }
        this.recognitions = document.recognise().stream().map(Recognition::of).toList();
        this.envelope = envelope(document.open());
        requireRequestForBytes(recognitions, envelope);
        this.holder = holder(document.holder(), envelope.statementToken());
        this.maskedName = maskedName(document.maskedName(), envelope.statementToken());
        this.rules = new StatementRules(issuer, versioned, envelope, document.statements(), regions);
        this.invariants =
                new Invariants(document.invariants(), envelope.statementToken().scalars());
        FormatDocument.Causes causes = document.statements().causes();
        this.codeToCause = causes == null ? Map.of() : Map.copyOf(causes.table());
        this.writing = document.write() == null ? null : new Writing(envelope, document.statements(), document.write());
    }

    /**
     * Compiles a package from the tree of its {@value FormatVersions#DOCUMENT}.
     *
     * @throws InvalidPackageException where it cannot be used as written
     */
    public static FormatPackage of(JsonNode document, Regions regions) {
        try {
            return new FormatPackage(Yaml.convert(document, FormatDocument.class), regions);
        } catch (JsonProcessingException e) {
            throw new InvalidPackageException(String.valueOf(e.getOriginalMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidPackageException(String.valueOf(e.getMessage()), e);
        }
    }

    public FormatId id() {
        return issuer.format();
    }

    public String version() {
        return version;
    }

    /** The version as something that can be compared. */
    ModuleDescriptor.Version versionNumber() {
        return ModuleDescriptor.Version.parse(version);
    }

    /** {@code format@version}, as it stands in traces and rule ids. */
    public String versioned() {
        return versioned;
    }

    /** The one issuer whose codes these are. */
    public IssuerName issuer() {
        return issuer;
    }

    public Bilingual title() {
        return title;
    }

    /** To whom the holder can turn who holds a status for wrong; empty where the package does not say. */
    public Optional<Bilingual> appeal() {
        return Optional.ofNullable(appeal);
    }

    /** The holder's name as the issuer masked it, such as 张*; empty where it told none, or one that is not masked. */
    Optional<String> maskedName(Claims claims) {
        return Optional.ofNullable(maskedName)
                .map(claims::text)
                .filter(name -> name.contains(MASK) && name.length() <= LONGEST_MASKED_NAME);
    }

    /** Whom these claims are about, as the format names the holder; empty where it names nobody, or these claims do not. */
    Optional<Holder> holder(Claims claims) {
        List<String> names = holder.stream().map(claims::text).toList();
        return names.stream().allMatch(String::isEmpty) ? Optional.empty() : Optional.of(new Holder(issuer, names));
    }

    /** When this version judges. */
    public InForce inForce() {
        return inForce;
    }

    public List<Recognition> recognitions() {
        return recognitions;
    }

    public Envelope envelope() {
        return envelope;
    }

    /** What must hold of every statement, as the package itself says; looked at when it is admitted. */
    public Invariants invariants() {
        return invariants;
    }

    StatementRules rules() {
        return rules;
    }

    /** How a status of others is written in this format; empty where it never is. */
    public Optional<Writing> writing() {
        return Optional.ofNullable(writing);
    }

    /** What a coded cause of this format means; empty where its table does not hold it. */
    public Optional<Bilingual> cause(String code) {
        return Optional.ofNullable(codeToCause.get(code)).map(FormatDocument.Cause::meaning);
    }

    /**
     * Whether a statement of this package's may be written in another format's words; where its rule says «converts: false» it stays what
     * it is for readers of its own format.
     */
    public boolean converts(Statement statement) {
        return rules.converts(statement.rule());
    }

    /** See {@link SignedClaims#map}. */
    Outcome<List<Statement>> map(SignedClaims signed, Instant now) {
        return rules.map(signed, now);
    }

    private static Envelope envelope(FormatDocument.Open open) {
        FormatDocument.Token signedText = open.signedText();
        FormatDocument.Packed packed = open.packed();
        List<FormatDocument.Step> steps = open.platform();
        if (signedText != null && packed == null && steps == null) {
            return new Envelope.SignedText(new TokenSchema("open.signed-text", signedText)
                    .requiring("open.signed-text", Envelope.EVERY_TOKEN));
        }
        if (steps != null && !steps.isEmpty() && signedText == null) {
            return packed == null ? platform(steps) : new Envelope.Packed(new PackedLayout(packed), platform(steps));
        }
        throw new InvalidPackageException("open: exactly one of «signed-text» and «platform» (with at least one step);"
                + " «packed» only beside «platform»");
    }

    private static Envelope.Platform platform(List<FormatDocument.Step> documents) {
        List<PlatformStep> steps = new ArrayList<>(documents.size());
        for (FormatDocument.Step document : documents) {
            String where = "open.platform[" + steps.size() + "]";
            boolean last = steps.size() == documents.size() - 1;
            if (last != (document.next() == null)) {
                throw new InvalidPackageException(where + ": every step but the last has «next», and the last has not");
            }
            steps.add(PlatformStep.of(where, document));
        }
        return new Envelope.Platform(steps);
    }

    private static @Nullable String maskedName(@Nullable String claim, TokenSchema token) {
        if (claim != null && token.scalars().get(claim) != ClaimKind.TEXT) {
            throw new InvalidPackageException("maskedName: «" + claim + "» is no claim of type text");
        }
        return claim;
    }

    /** A name that is misspelt would silently be nobody's. */
    private static List<String> holder(@Nullable List<String> document, TokenSchema token) {
        if (document == null) {
            return List.of();
        }
        if (document.isEmpty()) {
            throw new InvalidPackageException("holder: names no claim; leave it out where the claims tell of nobody");
        }
        document.stream()
                .filter(claim -> token.scalars().get(claim) != ClaimKind.TEXT)
                .findFirst()
                .ifPresent(claim -> {
                    throw new InvalidPackageException("holder: «" + claim + "» is no claim of type text");
                });
        return List.copyOf(document);
    }

    /** Bytes that are claimed must be asked about in a way of their own: they are no text. */
    private static void requireRequestForBytes(List<Recognition> recognitions, Envelope envelope) {
        boolean bytes = recognitions.stream().anyMatch(Recognition.Bytes.class::isInstance);
        if (bytes && envelope instanceof Envelope.Packed) {
            throw new InvalidPackageException("recognise: «bytes» cannot be «packed», which stand in a text");
        }
        if (bytes
                && envelope instanceof Envelope.Platform platform
                && platform.steps().getFirst().requestForBytes().isEmpty()) {
            throw new InvalidPackageException(
                    "open.platform[0]: «requestForBytes» is missing, although «bytes» are recognised");
        }
    }
}
