package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.features.Criteria;
import org.hl7.fhir.r4.model.Resource;

/** A place that holds records: the server's store, or a Bundle that a client sent along. */
public interface RecordSource {

    /**
     * Everything that any of the criteria could mean, and the Patient of each subject. May return more than asked; what
     * counts is decided by the reader. Asks the place once per resource type, however many subjects there are.
     *
     * @param since no Observation that took effect before this is needed; empty = no limit
     * @throws TooMuchEvidence if there is more than the place is set to hand out
     */
    Map<Subject, List<Resource>> fetch(List<Subject> subjects, List<Criteria> criteria, Optional<Instant> since);

    /** Whether {@code resource} also fulfils the search parameters in {@code query} (without codes). */
    boolean matches(Resource resource, String query);
}
