package org.auspex.kernel;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.Resource;

/** For results of what has no card that says what it reads: reads the evidence once more, to see whether it still stands. */
@FunctionalInterface
public interface Rereading {

    /** What a result of the model can rest on in the resource as it is at present; empty if the model is another's. */
    Optional<List<Piece>> pieces(ModelId model, Resource resource);
}
