package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.appraisal.AppraisalRefused;
import org.auspex.kernel.appraisal.MarkedStudy;
import org.auspex.kernel.appraisal.PatientGroups;
import org.auspex.kernel.appraisal.SegmentationAppraisal;
import org.auspex.kernel.appraisal.SegmentationAppraiser;
import org.auspex.kernel.appraisal.SegmentationOrder;
import org.auspex.kernel.appraisal.page.SegmentationPage;
import org.auspex.kernel.evaluation.Bootstrap;
import org.auspex.kernel.evaluation.Subgroup;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.model.CardRefused;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** A model has marked lesions in studies of invented patients, and people drew some of them anew. */
class SegmentationAppraiserTest {

    private static final Instant PREDICTED = Instant.parse("2026-01-10T10:00:00Z");
    private static final String LESION = "Breast lesion";

    private final Bundle record = new Bundle();
    private final List<Subject> named = new ArrayList<>();
    private final List<MarkedStudy> marked = new ArrayList<>();

    @Test
    void takesTheLastReferenceThatCameAfterThePrediction() throws CardRefused {
        study(1, reference(0.1, -60), reference(0.2, 60), reference(0.8, 120));
        study(2, reference(0.6, 60));

        var appraisal = appraise();

        assertThat(appraisal.evaluation().dice()).containsExactly(0.6, 0.8);
        assertThat(appraisal.evaluation().mean().value().orElseThrow()).isCloseTo(0.7, within(1e-12));
        assertThat(appraisal.studies()).isEqualTo(2);
        assertThat(appraisal.withoutReference()).isZero();
        assertThat(appraisal.leftOut()).isEmpty();
    }

    @Test
    void countsStudiesThatNothingCanBeLearntFrom() throws CardRefused {
        study(1, reference(0.6, 60));
        study(2);
        study(3, reference(0.9, -60), reference(0.9, 0));
        study(4, new MarkedStudy.Reference(LESION, 0.9, Optional.empty()));
        var confirmed = patient(5);
        marked.add(new MarkedStudy(new Subject("ImagingStudy/5", confirmed.reference()), PREDICTED, true, List.of()));
        patient(6);

        var appraisal = appraise();

        assertThat(appraisal.studies()).isEqualTo(5);
        assertThat(appraisal.judged()).isEqualTo(1);
        assertThat(appraisal.withoutReference()).isEqualTo(4);
        assertThat(appraisal.leftOut())
                .isEqualTo(Map.of(
                        "no segmentation of a person is about it", 1,
                        "the segmentation of a person was there before the prediction", 1,
                        "nobody knows when the segmentation of a person came", 1,
                        "a person confirmed the result and drew nothing to compare it with", 1,
                        "no result of this version stands about it", 1));
        assertThat(appraisal.cautions())
                .extracting(caution -> caution.text())
                .anyMatch(text -> text.startsWith("4 of 5 studies have no reference"));
    }

    @Test
    void anOlderResultCountsWhereTheNewerCameAfterTheReference() throws CardRefused {
        study(1, reference(0.7, 60));
        var again = PREDICTED.plus(Duration.ofHours(1));
        marked.add(new MarkedStudy(marked.get(0).study(), again, false, List.of(reference(0.2, 60))));

        var appraisal = appraise();

        assertThat(appraisal.evaluation().dice()).containsExactly(0.7);
        assertThat(appraisal.studies()).isEqualTo(1);
    }

    @Test
    void sortsByPatientAndByWhatWasMarked() throws CardRefused {
        for (var number = 1; number <= 24; number++) {
            var cyst = new MarkedStudy.Reference("Cyst", 0.3, Optional.of(PREDICTED.plusSeconds(60)));
            study(number, reference(number % 2 == 0 ? 0.8 : 0.7, 60), cyst);
        }

        var appraisal = appraise();

        assertThat(appraisal.evaluation().rows()).isEqualTo(48);
        assertThat(appraisal.evaluation().people()).isEqualTo(24);
        assertThat(appraisal.judged()).isEqualTo(24);
        assertThat(appraisal.subgroups().groups())
                .extracting(group -> "%s %s %d".formatted(group.by(), group.name(), group.rows()))
                .containsExactlyInAnyOrder("sex female 24", "sex male 24", "mark Breast lesion 24", "mark Cyst 24");
        assertThat(appraisal.subgroups().groups())
                .filteredOn(Subgroup::isWorse)
                .extracting(Subgroup::name)
                .contains("Cyst");
    }

    @Test
    void tellsItOnAPage() throws CardRefused {
        study(1, reference(0.6, 60));
        study(2, reference(1, 60));
        study(3);

        var page = new SegmentationPage(appraise(), "POST", "2026-02-01T00:00:00Z").html();

        assertThat(page)
                .contains(
                        "2 of 3 studies were judged, of 2 people",
                        "Mean of Dice&#39;s coefficients",
                        "0.800 (0.600 to 1.000)",
                        "no segmentation of a person is about it",
                        "bootstrap over people")
                .doesNotContain("NaN");
        // One bar for each tenth, two of them with a height.
        assertThat(page.split("<rect", -1)).hasSize(11);
        assertThat(page.split("height=\"0.0\"", -1)).hasSize(9);
    }

    @Test
    void saysWhyNothingCanBeJudged() {
        assertThatThrownBy(this::appraise)
                .isInstanceOf(AppraisalRefused.class)
                .hasMessage(
                        "No study of 'everybody' has a segmentation of a person's that came after the model's: nobody was named");

        study(1);
        assertThatThrownBy(this::appraise)
                .isInstanceOf(AppraisalRefused.class)
                .hasMessageContaining("{no segmentation of a person is about it=1}");
    }

    private SegmentationAppraisal appraise() throws CardRefused {
        var card = Kernel.cards().read(Kernel.SHIPPED.resolve("breast-ultrasound/1.0.0"));
        var order = new SegmentationOrder(
                card, "everybody", named, Map.of(), List.of(PatientGroups.SEX), new Bootstrap(200, 1));
        return new SegmentationAppraiser((model, subjects) -> marked, Kernel.reader(record))
                .run(order, (doing, done, of) -> {});
    }

    private void study(int number, MarkedStudy.Reference... references) {
        var patient = patient(number);
        var study = new Subject("ImagingStudy/" + number, patient.reference());
        marked.add(new MarkedStudy(study, PREDICTED, false, List.of(references)));
    }

    private Subject patient(int number) {
        var patient = new Patient();
        patient.setId("p-" + number);
        patient.setGender(
                number % 2 == 0 ? Enumerations.AdministrativeGender.FEMALE : Enumerations.AdministrativeGender.MALE);
        record.addEntry().setResource(patient);
        var subject = Subject.patient("Patient/p-" + number);
        named.add(subject);
        return subject;
    }

    private static MarkedStudy.Reference reference(double dice, long seconds) {
        return new MarkedStudy.Reference(LESION, dice, Optional.of(PREDICTED.plusSeconds(seconds)));
    }
}
