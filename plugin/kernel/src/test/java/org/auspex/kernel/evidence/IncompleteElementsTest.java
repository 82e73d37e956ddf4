package org.auspex.kernel.evidence;

import static org.assertj.core.api.Assertions.assertThatCode;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Requirements;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR lets any element carry an extension, such as data-absent-reason, in place of its value. */
class IncompleteElementsTest {

    private static final String ABSENT =
            "{'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/data-absent-reason','valueCode':'unknown'}]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'_status':@,'effectiveDateTime':'2026-01-01','valueQuantity':{'value':1,'code':'Cel'}",
                "'status':'final','_effectiveDateTime':@,'valueQuantity':{'value':1,'code':'Cel'}",
                "'status':'final','effectiveDateTime':'2026-01-01','_issued':@,'valueQuantity':{'value':1,'code':'Cel'}",
                "'status':'final','effectivePeriod':{'_start':@,'end':'2026-01-01'},'valueQuantity':{'value':1,'code':'Cel'}",
                "'status':'final','effectivePeriod':{'start':'2026-01-01','_end':@},'valueQuantity':{'value':1,'code':'Cel'}",
                "'status':'final','effectiveTiming':{'_event':[@]},'valueQuantity':{'value':1,'code':'Cel'}",
                "'status':'final','effectiveDateTime':'2026-01-01','valueQuantity':{'_value':@,'code':'Cel'}",
                "'status':'final','effectiveDateTime':'2026-01-01','valueQuantity':{'value':1,'_code':@}",
                "'status':'final','effectiveDateTime':'2026-01-01','valueQuantity':{'value':1,'_unit':@}",
                "'status':'final','effectiveDateTime':'2026-01-01','valueQuantity':{'value':1,'_comparator':@,'code':'Cel'}",
                "'status':'final','effectiveDateTime':'2026-01-01','_valueString':@",
                "'status':'final','effectiveDateTime':'2026-01-01','_valueInteger':@",
                "'status':'final','effectiveDateTime':'2026-01-01','_valueBoolean':@",
                "'status':'final','effectiveDateTime':'2026-01-01','valueCodeableConcept':{'_text':@}",
                "'status':'final','effectiveDateTime':'2026-01-01','valueCodeableConcept':{'coding':[{'_code':@}]}",
                "'status':'final','effectiveDateTime':'2026-01-01','dataAbsentReason':{'text':'lost'}"
            })
    void readsAnObservationWhoseElementsHoldNoValue(String elements) {
        var observation = "{'resourceType':'Observation','id':'o','subject':{'reference':'Patient/p'},"
                + "'code':{'coding':[{'system':'http://loinc.org','code':'8310-5'}]}," + elements + "}";

        assertThatCode(() -> read("{'resourceType':'Patient','id':'p'}", observation))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'_birthDate':@", "'_deceasedBoolean':@", "'_deceasedDateTime':@", "'_gender':@"})
    void readsAPatientWhoseElementsHoldNoValue(String elements) {
        var patient = "{'resourceType':'Patient','id':'p'," + elements + "}";

        assertThatCode(() -> read(patient, "{'resourceType':'Observation','id':'o'}"))
                .doesNotThrowAnyException();
    }

    private static void read(String patient, String observation) {
        var json = ("{'resourceType':'Bundle','type':'collection','entry':[{'resource':" + patient + "},{'resource':"
                        + observation + "}]}")
                .replace("@", ABSENT)
                .replace('\'', '"');
        var fhir = FhirContext.forR4Cached();
        var bundle = fhir.newJsonParser().parseResource(Bundle.class, json);
        var reader = new EvidenceReader(
                new BundleRecord(bundle, (any, query) -> false),
                new Paths(fhir),
                new Units(),
                new ShippedVocabulary(ca.uhn.fhir.context.FhirContext.forR4Cached()));
        var inputs = List.of(
                input(
                        "age",
                        new Source(
                                Criteria.parse("Patient"), "age", Optional.of("a"), none(), Optional.empty(), none())),
                input(
                        "temperature",
                        new Source(
                                Criteria.parse("Observation?code=http://loinc.org|8310-5"),
                                "value",
                                Optional.of("Cel"),
                                none(),
                                Optional.empty(),
                                none())));

        reader.read(
                List.of(Subject.patient("Patient/p")),
                new Requirements(Optional.of("gender.exists() or age >= 18"), inputs),
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    private static Input input(String name, Source source) {
        return new Input(
                name,
                List.of(source),
                Optional.empty(),
                new Window(Optional.empty(), Optional.empty()),
                Take.LATEST,
                new WhenMissing.Abstain(),
                false,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
