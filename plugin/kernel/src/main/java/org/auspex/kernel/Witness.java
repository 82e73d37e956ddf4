package org.auspex.kernel;

import java.util.List;
import org.auspex.kernel.model.ModelCard;

/** Hears what was answered, to count it. It must be quick, for whoever asked waits. */
@FunctionalInterface
public interface Witness {

    Witness NOBODY = (card, answers) -> {};

    /** @param answers what a version said about subjects of the record, those included that could not be stored */
    void heard(ModelCard card, List<Answer> answers);
}
