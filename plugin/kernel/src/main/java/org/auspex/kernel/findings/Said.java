package org.auspex.kernel.findings;

import java.util.List;
import org.auspex.kernel.images.Sighting;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;

/**
 * What is said of an outcome.
 *
 * @param result stands for the whole wherever one resource is named
 * @param parts further resources; where the result refers to one of them, that one has an id {@code urn:uuid:...}
 * @param beside what is kept beside the images it is about
 */
public record Said(DomainResource result, List<DomainResource> parts, List<Sighting> beside) {

    public Said {
        parts = List.copyOf(parts);
        beside = List.copyOf(beside);
    }

    Said copy() {
        return new Said(
                (DomainResource) result.copy(),
                parts.stream().map(part -> (DomainResource) part.copy()).toList(),
                beside);
    }

    /** Nothing is kept, so nothing that would be is named. */
    Said unkept() {
        var copy = copy();
        if (copy.result() instanceof DiagnosticReport report) {
            report.getPresentedForm().removeIf(form -> form.hasUrl());
        }
        return new Said(copy.result(), copy.parts(), List.of());
    }
}
