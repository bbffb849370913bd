package dev.hutong.mapping.admission;

import com.fasterxml.jackson.core.JsonPointer;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.InvalidPackageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the examples notice when the rules change: every mutant that compiles is run against them.
 *
 * @param tried how many were run
 * @param survivors those that no example noticed
 */
record Mutation(int tried, List<Mutants.Mutant> survivors) {
    /** In percent. The rest is for mutants that mean the same as the original. */
    static final int LEAST_SCORE = 90;

    static Mutation of(Subject subject, Regions regions) {
        int tried = 0;
        List<Mutants.Mutant> survivors = new ArrayList<>();
        for (Mutants.Mutant mutant : Mutants.of(subject.document())) {
            try {
                FormatPackage changed = FormatPackage.of(mutant.document(), regions);
                tried++;
                if (!isNoticed(changed, subject)) {
                    survivors.add(mutant);
                }
            } catch (InvalidPackageException refusedAsItIs) {
                // Nobody needs an example against what cannot be loaded.
            }
        }
        return new Mutation(tried, survivors);
    }

    private static boolean isNoticed(FormatPackage changed, Subject subject) {
        try {
            return subject.signed().stream()
                    .anyMatch(example -> !ExampleRun.of(changed, example).comesTrue());
        } catch (IllegalStateException brokenForGood) {
            return true;
        }
    }

    int noticed() {
        return tried - survivors.size();
    }

    List<Finding> findings(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        boolean isEnough = tried == 0 || 100 * noticed() >= LEAST_SCORE * tried;
        if (!isEnough) {
            findings.add(subject.error(
                    Check.MUTATION,
                    JsonPointer.compile("/statements"),
                    "the examples notice " + noticed() + " of " + tried + " mutants, less than " + LEAST_SCORE + " %",
                    "Add examples that notice those below."));
        }
        for (Mutants.Mutant survivor : survivors) {
            findings.add(
                    subject.warning(
                            Check.MUTATION,
                            survivor.at(),
                            "no example notices: " + survivor.what(),
                            "Add an example that gives something else then, at the boundary itself; none is needed where it means the same."));
        }
        return findings;
    }
}
