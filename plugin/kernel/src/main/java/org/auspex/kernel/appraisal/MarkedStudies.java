package org.auspex.kernel.appraisal;

import java.util.List;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.ModelId;

/** Where the record says in which studies a version marked something, and with what of people that was compared. */
@FunctionalInterface
public interface MarkedStudies {

    /**
     * Every result of a version that stands.
     *
     * @param subjects studies, or patients of whom all studies are meant
     */
    List<MarkedStudy> of(ModelId model, List<Subject> subjects);
}
