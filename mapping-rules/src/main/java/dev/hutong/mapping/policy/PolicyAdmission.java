package dev.hutong.mapping.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hutong.mapping.format.InvalidPackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a folder of destination policies before they take effect: each can be used beside those that are there, and has examples beside
 * it that come true, try every demand both ways, and notice when one is missing.
 */
public final class PolicyAdmission {
    private final Policies present;

    /** @param present those that the folder's stand beside, or take the place of */
    public PolicyAdmission(Policies present) {
        this.present = present;
    }

    /**
     * All that stands in the way, a line for each that begins with the file's name; none where they may take effect.
     *
     * @param folder of {@code NAME.yaml} and {@code NAME.examples.yaml}
     */
    public List<String> faults(Path folder) {
        Policies together;
        try {
            together = present.and(folder);
        } catch (InvalidPackageException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        List<String> faults = new ArrayList<>();
        for (Policy policy : together.all()) {
            if (Files.exists(folder.resolve(policy.name() + Policies.ENDING))) {
                String file = policy.name() + Policies.EXAMPLES;
                ofExamples(policy, folder.resolve(file)).forEach(fault -> faults.add(file + ": " + fault));
            }
        }
        return faults;
    }

    /**
     * Those present, and the folder's in their places.
     *
     * @throws InvalidPackageException where one is not admitted, with the first thing to mend
     */
    public Policies admit(Path folder) {
        List<String> faults = faults(folder);
        if (!faults.isEmpty()) {
            throw new InvalidPackageException(
                    folder + " is not admitted, with " + faults.size() + " to mend; the first is " + faults.getFirst());
        }
        return present.and(folder);
    }

    private static List<String> ofExamples(Policy policy, Path file) {
        try {
            return PolicyExamples.read(file).faults(policy);
        } catch (NoSuchFileException e) {
            return List.of("is missing; a policy takes effect with examples only");
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            return List.of(line + e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException e) {
            return List.of("cannot be read (" + e + ")");
        }
    }
}
