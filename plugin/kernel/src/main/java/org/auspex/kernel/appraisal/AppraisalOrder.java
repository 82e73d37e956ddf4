package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelCard;

/**
 * A model to be judged on people of this server.
 *
 * @param source who they are, in words
 * @param notAsked those who were named and are not asked about, by the reason
 * @param by the ways of sorting them
 * @param thresholds from which on somebody would act; empty = those of the card's bands
 * @param conforming whether limits of conformal prediction are fitted
 */
public record AppraisalOrder(
        ModelCard card,
        String source,
        List<Subject> subjects,
        Map<String, Integer> notAsked,
        Design design,
        List<PatientGroups> by,
        Optional<List<Double>> thresholds,
        Optional<Conforming> conforming,
        Bootstrap bootstrap) {

    /**
     * @throws AppraisalRefused if competing events are named and the model does not foresee times
     */
    public AppraisalOrder {
        if (card.output().followUp().isEmpty() && design.competing().isPresent()) {
            throw new AppraisalRefused(
                    "%s says whether and not when: who has a competing event first counts as without the outcome; leave out competing"
                            .formatted(card.id()));
        }
        subjects = List.copyOf(subjects);
        notAsked = Map.copyOf(notAsked);
        by = List.copyOf(by);
    }
}
