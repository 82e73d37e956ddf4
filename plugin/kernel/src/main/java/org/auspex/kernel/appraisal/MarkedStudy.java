package org.auspex.kernel.appraisal;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Subject;

/**
 * A result that marked something in a study.
 *
 * @param predicted when it was made
 * @param isConfirmed whether a person made it final
 * @param references segmentations of people that it was compared with
 */
public record MarkedStudy(Subject study, Instant predicted, boolean isConfirmed, List<Reference> references) {

    public MarkedStudy {
        references = List.copyOf(references);
    }

    /**
     * A segmentation of a person's.
     *
     * @param mark what both marked, in words
     * @param dice Dice's coefficient, 0 to 1
     * @param arrived when it came; empty if nobody knows
     */
    public record Reference(String mark, double dice, Optional<Instant> arrived) {}

    /** Of each kind of mark the last reference, of those that came after the prediction. */
    Collection<Reference> later() {
        return references.stream()
                .filter(reference -> reference
                        .arrived()
                        .filter(when -> when.isAfter(predicted))
                        .isPresent())
                .collect(Collectors.toMap(Reference::mark, reference -> reference, MarkedStudy::last))
                .values();
    }

    private static Reference last(Reference one, Reference other) {
        var order = Comparator.comparing(
                (Reference reference) -> reference.arrived().orElseThrow());
        return order.compare(one, other) > 0 ? one : other;
    }

    /** Why it has no reference that counts. */
    String withoutReference() {
        if (references.isEmpty()) {
            return isConfirmed
                    ? "a person confirmed the result and drew nothing to compare it with"
                    : "no segmentation of a person is about it";
        }
        return references.stream().allMatch(reference -> reference.arrived().isEmpty())
                ? "nobody knows when the segmentation of a person came"
                : "the segmentation of a person was there before the prediction";
    }
}
