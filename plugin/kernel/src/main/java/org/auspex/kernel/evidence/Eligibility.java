package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;

/** Whether a patient may get a prediction at all. */
final class Eligibility {

    private final Paths paths;
    private final Patient patient;
    private final Optional<Age> age;

    Eligibility(Paths paths, Patient patient, Optional<Age> age) {
        this.paths = paths;
        this.patient = patient;
        this.age = age;
    }

    /** Why not; empty when nothing speaks against it. */
    Optional<String> exclusion(Optional<String> eligible, Instant asOf) {
        if (isDeceased(asOf)) {
            return Optional.of("the patient is deceased");
        }
        return eligible.filter(path -> !holds(path)).map(path -> "not eligible: " + path + because(path));
    }

    private boolean isDeceased(Instant asOf) {
        if (patient.getDeceased() instanceof DateTimeType died && died.hasValue()) {
            return !died.getValue().toInstant().isAfter(asOf);
        }
        return patient.getDeceased() instanceof BooleanType deceased && deceased.hasValue() && deceased.booleanValue();
    }

    /** With a partial birthDate it must hold for the youngest and for the oldest that the patient can be. */
    private boolean holds(String path) {
        return age
                .map(known -> List.of(Map.of(Paths.AGE, known.least()), Map.of(Paths.AGE, known.most())))
                .orElse(List.of(Map.of()))
                .stream()
                .allMatch(derived -> isTrue(paths.evaluate(patient, path, derived)));
    }

    private static boolean isTrue(List<Base> answer) {
        return answer.size() == 1 && answer.get(0) instanceof BooleanType truth && truth.booleanValue();
    }

    private String because(String path) {
        if (!path.contains(Paths.AGE)) {
            return "";
        }
        return age.map(known -> known.isOpen()
                        ? " (the birthDate is partial: age %d to %d)".formatted(known.least(), known.most())
                        : " (age %d)".formatted(known.years()))
                .orElse(" (no birthDate, so no age)");
    }
}
