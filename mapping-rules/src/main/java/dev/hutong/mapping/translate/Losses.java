package dev.hutong.mapping.translate;

import dev.hutong.mapping.Evidence;
import dev.hutong.mapping.Qualifier;
import dev.hutong.mapping.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The differences between what a decision says and what its translation is read as. */
final class Losses {
    private final Status meant;
    private final Statement said;
    private final boolean causeIsSaid;
    private final String target;
    private final List<Loss> losses;

    private Losses(Status meant, Statement said, boolean causeIsSaid, String target) {
        this.meant = meant;
        this.said = said;
        this.causeIsSaid = causeIsSaid;
        this.target = target;
        this.losses = new ArrayList<>(meant.losses());
    }

    /**
     * Those of a translation that passed reading back.
     *
     * @param causeIsSaid whether the cause that is read means what was meant
     */
    static List<Loss> between(Status meant, Statement said, boolean causeIsSaid, String target) {
        Losses losses = new Losses(meant, said, causeIsSaid, target);
        losses.ofStatus();
        losses.ofEvidence();
        losses.ofTimes();
        return losses.losses;
    }

    private void ofStatus() {
        if (said.risk() != meant.risk()) {
            add("risk", meant.risk(), said.risk(), "written for the worse: no such state fits");
        }
        for (Qualifier qualifier : meant.qualifiers()) {
            if (!said.qualifiers().contains(qualifier)) {
                add("qualifiers", qualifier, null, "no word for it beside " + said.risk());
            }
        }
        String cause = meant.foremost().cause();
        if (cause != null && !causeIsSaid) {
            add("cause", cause, said.cause(), "no such coded cause");
        }
        String assertedBy = meant.foremost().assertedBy();
        if (assertedBy != null && !assertedBy.equals(said.assertedBy())) {
            add("assertedBy", assertedBy, said.assertedBy(), "no place for who asserted it");
        }
    }

    private void ofEvidence() {
        for (Evidence evidence : meant.evidence()) {
            String field = "evidence." + evidence.kind();
            Optional<Evidence> same = said.evidence().stream()
                    .filter(other -> other.kind().equals(evidence.kind())
                            && other.value().equals(evidence.value()))
                    .findFirst();
            if (same.isEmpty()) {
                add(field, evidence.value(), null, "no place for it");
            } else if (!Objects.equals(same.get().at(), evidence.at())) {
                add(field + ".at", evidence.at(), same.get().at(), "another time, or one less precise");
            }
        }
    }

    private void ofTimes() {
        Instant assertedAt = meant.assertedAt();
        Instant read = said.assertedAt();
        if (!Objects.equals(assertedAt, read)) {
            boolean later = assertedAt != null && read != null && read.isAfter(assertedAt);
            add(
                    "assertedAt",
                    assertedAt,
                    read,
                    later ? "as of the decision, since what is older is over" : "not as precise, and no later");
        }
        if (!meant.validUntil().equals(said.validUntil())) {
            add("validUntil", meant.validUntil(), said.validUntil(), "good for a shorter time");
        }
    }

    private void add(String field, @Nullable Object from, @Nullable Object to, String why) {
        losses.add(Loss.of(field, from, to, why + " in " + target));
    }
}
