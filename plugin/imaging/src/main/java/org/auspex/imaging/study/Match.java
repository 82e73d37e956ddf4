package org.auspex.imaging.study;

import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;

/** Whose a study is. */
sealed interface Match {

    /** @param patient reference to the one Patient with the identifier */
    record One(String patient) implements Match {}

    /**
     * Nobody can say.
     *
     * @param identifier that the objects name, if it is known of which system
     */
    record None(Optional<Identifier> identifier, String reason) implements Match {}
}
