package org.auspex.language.consult;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a question is answered with.
 *
 * @param advice what an urgent question is answered with before anything else
 * @param fromRecord sentences that rest on the patient's record
 * @param fromKnowledge sentences that rest on knowledge documents
 * @param notices what a reader has to know, last
 * @param told how the sentences from the record, and those from documents, came about
 * @param used resources that {@code fromRecord} rests on
 */
public record Answer(
        Question question,
        Optional<Urgency> urgency,
        Optional<String> advice,
        List<Cited> fromRecord,
        List<Cited> fromKnowledge,
        List<String> notices,
        List<Told> told,
        List<Resource> used) {

    public Answer {
        fromRecord = List.copyOf(fromRecord);
        fromKnowledge = List.copyOf(fromKnowledge);
        notices = List.copyOf(notices);
        told = List.copyOf(told);
        used = List.copyOf(used);
    }

    /** Whether nothing was found. */
    public boolean isDeclined() {
        return fromRecord.isEmpty() && fromKnowledge.isEmpty();
    }
}
