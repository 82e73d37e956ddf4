package org.auspex.store;

import java.util.Optional;
import org.auspex.kernel.evidence.Subject;

/**
 * One of those whom a client means by a cohort.
 *
 * @param excluded why nothing can be predicted about it; empty if something can
 * @param partition that it lies in; empty in a store without partitions, and of a Group's members
 */
public record Member(Subject subject, Optional<String> excluded, Optional<Integer> partition) {

    static Member of(Subject subject, Optional<Integer> partition) {
        return new Member(subject, Optional.empty(), partition);
    }

    static Member excluded(String reference, String why) {
        return new Member(Subject.patient(reference), Optional.of(why), Optional.empty());
    }
}
