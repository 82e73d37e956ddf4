package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.images.Maker;
import org.auspex.kernel.images.Marking;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.Volume;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Systems;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of reports about a study, as breast-ultrasound reads them and answers with them. */
class ReportWordsTest {

    private static final Path MODEL = Kernel.SHIPPED.resolve("breast-ultrasound/1.0.0");
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final Subject STUDY = new Subject("ImagingStudy/study", "Patient/p");

    /** What golden case 02 gives as text, 3, 0, 7, 9, 15, 0: its mask has 1,855 pixels, and 1,721 without words. */
    private static final String REPORT =
            "Irregular, hypoechoic mass of the left breast. Margins are not circumscribed. Posterior acoustic shadowing.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shape            | There is an OVAL mass.                              | oval",
                "shape            | Irregularly shaped mass, 12 mm                      | irregular",
                "shape            | No mass                                             | ",
                "shape            | Not round; the mass is oval                         | oval",
                "shape            | An oval mass above. An irregular mass below it.     | ",
                "shape            | without any oval or round mass                      | ",
                "shape            | No calcification, irregular mass                    | irregular",
                "shape            | No calcification but an irregular mass              | irregular",
                "shape            | Allergic to ovalbumin                               | ",
                "orientation      | orientation parallel to the skin                    | parallel",
                "orientation      | orientation not parallel to the skin                | not parallel",
                "orientation      | taller-than-wide                                    | not parallel",
                "margin           | margins: not circumscribed, indistinct              | not circumscribed",
                "margin           | well circumscribed                                  | circumscribed",
                "margin           | circumscribed anteriorly, spiculated posteriorly    | ",
                "posteriorFeatures| no posterior features                               | none",
                "posteriorFeatures| with posterior acoustic shadowing                   | shadowing",
                "posteriorFeatures| no evidence of acoustic shadowing                   | ",
            })
    void readsWhatIsSaidOnceAndNotDenied(String input, String text, String category) throws Exception {
        var reading = reading(input, report(text));

        assertThat(said(reading)).isEqualTo(Optional.ofNullable(category));
        assertThat(reading.pieces()).hasSize(category == null ? 0 : 1);
    }

    @Test
    void readsWhatIsAttachedAsPlainText() throws Exception {
        var report = report("");
        report.setConclusion(null);
        report.addPresentedForm()
                .setContentType("text/plain")
                .setData("Oval mass.\nHypoechoic.".getBytes(StandardCharsets.UTF_8));

        assertThat(said(reading("shape", report))).contains("oval");
        assertThat(said(reading("echoPattern", report))).contains("hypoechoic");
    }

    @Test
    void citesTheVersionThatItRead() throws Exception {
        assertThat(reading("shape", report("oval")).pieces())
                .singleElement()
                .satisfies(piece -> assertThat(piece.reference()).isEqualTo("DiagnosticReport/r/_history/3"));
    }

    @Test
    void passesOverAnotherStudyAnAiAndWhatDoesNotCount() throws Exception {
        var other = report("oval");
        other.setImagingStudy(List.of(new Reference("ImagingStudy/other")));
        var ai = report("oval");
        ai.getMeta().addSecurity().setSystem(Systems.OBSERVATION_VALUE).setCode(Systems.AIAST);
        var wrong = report("oval");
        wrong.setStatus(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR);

        for (var report : List.of(other, ai, wrong)) {
            assertThat(said(reading("shape", report))).isEmpty();
        }
    }

    @Test
    void answersWithTheReportAsTheGoldenCaseWithItsWordsDoes() throws Exception {
        var golden = new ObjectMapper()
                .readTree(MODEL.resolve("golden/02-a-report.json").toFile());
        var picture = StudyCardTest.picture(golden.at("/tensors/0/data"), 1);

        var with = marked(picture, report(REPORT));
        var without = marked(picture);

        assertThat(pixels(with)).isCloseTo(marked("02-a-report.json"), within(20L));
        assertThat(pixels(without)).isCloseTo(marked("01-no-report.json"), within(20L));
        assertThat(with.chances().get(0).probability())
                .isCloseTo(without.chances().get(0).probability(), within(1e-6));
    }

    @Test
    void saysWhichWordsItReadOrThatItReadNone() throws Exception {
        assertThat(conclusion(report(REPORT)))
                .contains("from the images and these words of a report: shape: irregular, margin: not circumscribed,"
                        + " echoPattern: hypoechoic, posteriorFeatures: shadowing");
        assertThat(conclusion()).contains("from the images alone, no report was read");
    }

    @Test
    void namesNoObjectInAnAnswerThatIsNotKept() throws Exception {
        var card = Kernel.cards().read(MODEL);
        var marking = new Marking(nothingToSee(), List.of(), Optional.empty(), List.of());
        var said = new Outcome.Marked(List.of(marking), List.of());
        var finding = new Findings(card).of(evidence(card, List.of()), said, NOW);

        var answered =
                (DiagnosticReport) FindingsWriter.NOWHERE.write(card, finding).result();

        assertThat(answered.getPresentedForm()).isEmpty();
        assertThat(((DiagnosticReport) finding.result()).getPresentedForm()).hasSize(1);
    }

    private static String conclusion(Resource... reports) throws Exception {
        var card = Kernel.cards().read(MODEL);
        var evidence = evidence(card, List.of(), reports);
        var marking = new Marking(nothingToSee(), List.of(), Optional.empty(), List.of());
        var said = new Outcome.Marked(List.of(marking), List.of());
        return ((DiagnosticReport) new Findings(card).of(evidence, said, NOW).result()).getConclusion();
    }

    /** A picture on which nothing was found. */
    private static Picture nothingToSee() {
        return new Picture() {
            @Override
            public String name() {
                return "image";
            }

            @Override
            public Volume volume() {
                throw new UnsupportedOperationException("nobody looks at it");
            }

            @Override
            public Sighting sighting(Marking marking, Maker maker) {
                return new Nothing();
            }
        };
    }

    private record Nothing() implements Sighting {

        @Override
        public List<Measure> measures() {
            return List.of();
        }

        @Override
        public List<String> words() {
            return List.of();
        }

        @Override
        public Optional<byte[]> overlay() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> uncertainty() {
            return Optional.empty();
        }

        @Override
        public List<Stored> objects() {
            return List.of(new Stored("DICOM SEG", "dicomweb/studies/1/series/2/instances/3"));
        }

        @Override
        public void keep() {
            throw new UnsupportedOperationException("nothing is kept");
        }
    }

    private static long marked(String file) throws Exception {
        var golden = new ObjectMapper()
                .readTree(MODEL.resolve("golden").resolve(file).toFile());
        return StreamSupport.stream(golden.at("/outcome/tensors/0/data").spliterator(), false)
                .filter(logit -> logit.asDouble() > 0)
                .count();
    }

    private static Outcome.Marked marked(Picture picture, Resource... reports) throws Exception {
        try (var model = Kernel.loader().load(MODEL)) {
            var evidence = evidence(model.card(), List.of(picture), reports);
            return (Outcome.Marked)
                    model.infer(List.of(evidence), Priority.ROUTINE).get(0);
        }
    }

    private static long pixels(Outcome.Marked marked) {
        return StudyCardTest.pixels(marked.markings().get(0));
    }

    private static Reading reading(String input, Resource report) throws Exception {
        return evidence(Kernel.cards().read(MODEL), List.of(), report).readings().stream()
                .filter(reading -> reading.input().equals(input))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> said(Reading reading) {
        return reading.feature() instanceof Feature.Categorical said ? Optional.of(said.category()) : Optional.empty();
    }

    private static Evidence evidence(ModelCard card, List<Picture> pictures, Resource... reports) {
        var bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        var patient = new Patient();
        patient.setId("Patient/p");
        bundle.addEntry().setResource(patient);
        bundle.addEntry().setResource(study());
        for (var report : reports) {
            bundle.addEntry().setResource(report);
        }
        return new EvidenceReader(
                        new BundleRecord(bundle, (resource, query) -> true),
                        new Paths(Kernel.fhir()),
                        new Units(),
                        new ShippedVocabulary(Kernel.fhir()))
                .with(wish -> pictures)
                .read(List.of(STUDY), card.requirements(), NOW)
                .get(0);
    }

    private static ImagingStudy study() {
        var study = new ImagingStudy();
        study.setId("ImagingStudy/study/_history/1");
        study.getMeta().setVersionId("1");
        study.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
        study.setSubject(new Reference("Patient/p"));
        study.setStartedElement(new DateTimeType(Date.from(NOW.minusSeconds(3600))));
        var series = study.addSeries().setUid("1.2.3");
        series.getModality().setCode("US");
        series.addInstance().setUid("1.2.3.4");
        return study;
    }

    private static DiagnosticReport report(String conclusion) {
        var report = new DiagnosticReport();
        report.setId("DiagnosticReport/r/_history/3");
        report.getMeta().setVersionId("3");
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        report.setSubject(new Reference("Patient/p"));
        report.addImagingStudy(new Reference("ImagingStudy/study"));
        report.setEffective(new DateTimeType(Date.from(NOW.minusSeconds(1800))));
        report.setConclusion(conclusion);
        return report;
    }
}
