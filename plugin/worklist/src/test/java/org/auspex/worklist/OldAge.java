package org.auspex.worklist;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;

/** A score that needs an age only, and two patients who have one. */
final class OldAge {

    private OldAge() {}

    static void write(Path root) throws IOException {
        var folder = Files.createDirectories(root.resolve("old-age").resolve("1.0.0"));
        Files.writeString(folder.resolve("model.yaml"), """
                model: old-age
                version: 1.0.0
                title: Old age
                intendedUse: A test, not for patients.
                licence: {code: Apache-2.0, weights: none}
                subject: Patient
                engine: {kind: scorecard}
                inputs:
                  - {name: age, from: Patient, value: age, unit: a}
                outputs:
                  - {name: old, kind: score, code: "http://loinc.org|1234-5", display: Old}
                scorecard:
                  source: none
                  items:
                    - {item: years, input: age, points: [{to: 65, points: 0}, {points: 1}]}
                """);
    }

    static EvidenceReader reader() {
        var fhir = FhirContext.forR4Cached();
        return new EvidenceReader(
                new BundleRecord(record(), (any, query) -> false),
                new Paths(fhir),
                new Units(),
                new ShippedVocabulary(fhir));
    }

    private static Bundle record() {
        var bundle = new Bundle();
        for (var id : List.of("old", "poison")) {
            var patient = new Patient().setBirthDateElement(new DateType("1930-01-01"));
            patient.setId(id);
            bundle.addEntry().setResource(patient);
        }
        return bundle;
    }
}
