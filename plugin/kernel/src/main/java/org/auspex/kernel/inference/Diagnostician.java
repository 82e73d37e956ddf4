package org.auspex.kernel.inference;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Feature.Sentence;
import org.auspex.kernel.outcome.Differential.Claimed;
import org.auspex.kernel.outcome.Differential.Diagnosis;
import org.auspex.kernel.outcome.Inquiry;

/** Who thinks of diagnoses: a language model that the site configured. */
public interface Diagnostician {

    /** Where none is configured. */
    Diagnostician NONE = (sentences, language) -> {
        throw new InferenceFailed(InferenceFailed.Kind.DOWN, "no language model is configured");
    };

    /**
     * What it thinks of, and only what the sentences support.
     *
     * @param inquiry how it was asked; empty if there was nothing to ask about
     * @param claims all reasons that it gave, shown or not
     * @param diagnoses the likeliest first; may be none
     */
    record Opinion(Optional<Inquiry> inquiry, List<Claimed> claims, List<Diagnosis> diagnoses) {
        public Opinion {
            claims = List.copyOf(claims);
            diagnoses = List.copyOf(diagnoses);
        }
    }

    /**
     * Diagnoses with their reasons.
     *
     * @param sentences what the record says, each with where it stands
     * @param language of the diagnoses, a code of BCP 47
     * @throws InferenceFailed if it does not answer
     */
    Opinion opinion(List<Sentence> sentences, String language);
}
