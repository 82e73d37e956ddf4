package org.auspex.kernel.findings;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Warning;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;

/** How long after the first symptom a result that warns was recorded, in whole minutes. */
final class TimeToWarning {

    private TimeToWarning() {}

    /** Empty for a result that does not warn, and where the record has no symptom with a time. */
    static Optional<Extension> of(ModelCard card, Evidence evidence, Outcome outcome, Instant now) {
        return card.warning()
                .filter(warning -> warning.isGiven(outcome))
                .flatMap(warning -> first(warning, evidence))
                .map(first -> new Extension(
                        Systems.TIME_TO_WARNING,
                        new Duration()
                                .setValue(ChronoUnit.MINUTES.between(first, now))
                                .setUnit("minutes")
                                .setSystem(Systems.UCUM)
                                .setCode("min")));
    }

    private static Optional<Instant> first(Warning warning, Evidence evidence) {
        return evidence.pieces().stream()
                .filter(piece -> piece.input().equals(warning.since()))
                .flatMap(piece -> piece.effective().stream())
                .min(Instant::compareTo);
    }
}
