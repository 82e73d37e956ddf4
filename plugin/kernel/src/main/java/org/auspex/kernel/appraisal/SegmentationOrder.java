package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Map;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;

/**
 * A model of masks to be judged on studies of this server.
 *
 * @param source which they are, in words
 * @param subjects studies, or patients of whom all studies are meant
 * @param notAsked those who were named and are not asked about, by the reason
 * @param by the ways of sorting them
 */
public record SegmentationOrder(
        ModelCard card,
        String source,
        List<Subject> subjects,
        Map<String, Integer> notAsked,
        List<PatientGroups> by,
        Bootstrap bootstrap) {

    public SegmentationOrder {
        subjects = List.copyOf(subjects);
        notAsked = Map.copyOf(notAsked);
        by = List.copyOf(by);
    }
}
