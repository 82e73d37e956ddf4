package org.auspex.kernel.model;

import java.nio.file.Path;
import java.util.Optional;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.outcome.Output;

/**
 * A model as its {@code model.yaml} declares it.
 *
 * @param subjectType {@code Patient} or {@code Encounter}
 * @param folder where the card, the weights and the golden cases lie
 */
public record ModelCard(
        ModelId id,
        About about,
        String subjectType,
        Requirements requirements,
        EngineSpec engine,
        Optional<Scorecard> scorecard,
        Trigger trigger,
        Output output,
        boolean retired,
        Path folder) {

    /** What people should know of a model. */
    public record About(String title, String intendedUse, String codeLicence, String weightsLicence) {}
}
