package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.auspex.kernel.appraisal.Scored;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.PictureSource;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.findings.Findings;
import org.auspex.kernel.images.Attention;
import org.auspex.kernel.images.Picture;
import org.auspex.kernel.images.Sighting;
import org.auspex.kernel.images.SlideUnusable;
import org.auspex.kernel.images.TiledImage;
import org.auspex.kernel.images.Tiles;
import org.auspex.kernel.images.Tiling;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.Problem;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Multimodal;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network over a slide and values, of which either may be missing. The tiles are those of a golden case of tki-response. */
class SlideCardTest {

    private static final Path MODEL = Path.of("../../testdata/models/tki-response/1.0.0");
    private static final int SIDE = 64;
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path root;

    @Test
    void saysWhatItsGoldenCaseSaysAndWhereItLooked() throws Exception {
        var golden = golden();
        try (var model = Kernel.loader().load(MODEL)) {
            var features = features(model, golden.at("/tensors/1/data"), Optional.of(slide(golden)));

            var said = (Multimodal) model.outcomes(List.of(features)).get(0);

            assertThat(said.chances().get(0).probability()).isCloseTo(number(golden, "response", 0), within(1e-4));
            assertThat(said.survivals().get(0).curve().free().get(7))
                    .isCloseTo(number(golden, "free", 7), within(1e-4));
            // An ordinary tile, a decoy, and one with what was planted.
            assertThat(said.attention().orElseThrow().weights().get(2)).isGreaterThan(0.9);
        }
    }

    @Test
    void answersFromValuesAloneAndFromTheSlideAlone() throws Exception {
        var golden = golden();
        try (var model = Kernel.loader().load(MODEL)) {
            var both = features(model, golden.at("/tensors/1/data"), Optional.of(slide(golden)));
            var onlyValues = both.without("slide");
            var onlySlide = features(model, golden.at("/none"), Optional.of(slide(golden)));

            var said = model.outcomes(List.of(both, onlyValues, onlySlide)).stream()
                    .map(Multimodal.class::cast)
                    .toList();

            assertThat(said.get(1).attention()).isEmpty();
            assertThat(said.get(2).attention()).isPresent();
            // What was planted speaks for a response.
            assertThat(said.get(0).value().orElseThrow())
                    .isGreaterThan(said.get(1).value().orElseThrow() + 0.05);
            assertThat(said.get(2).value().orElseThrow()).isGreaterThan(0.5);
            assertThat(Scored.of(said.get(0), Optional.empty(), model.card().id())
                            .value())
                    .isEqualTo(said.get(0).value());
        }
    }

    @Test
    void abstainsFromASlideThatShowsNothing() throws Exception {
        try (var model = Kernel.loader().load(MODEL)) {
            var features = features(model, golden().at("/tensors/1/data"), Optional.of(new Blank()));

            var said = (Outcome.Abstained) model.outcomes(List.of(features)).get(0);

            assertThat(said.reasons()).extracting(Outcome.Reason::toString).containsExactly("slide: no tissue");
        }
    }

    @Test
    void explainsWhatTheSlideAndEachKnownValueDid() throws Exception {
        var golden = golden();
        try (var model = Kernel.loader().load(MODEL)) {
            var whole = features(model, golden.at("/tensors/1/data"), Optional.of(slide(golden)));
            var features = whole.without("albumin");
            var evidence = new Evidence(
                    Subject.patient("Patient/p"),
                    NOW,
                    Optional.empty(),
                    features.byInput().entrySet().stream()
                            .map(entry -> new org.auspex.kernel.evidence.Reading(
                                    entry.getKey(), entry.getValue(), List.of(), List.of()))
                            .toList());

            var contributions = model.explain(evidence);

            assertThat(contributions).hasSize(whole.byInput().size() - 1);
            assertThat(contributions)
                    .extracting(Contribution::input)
                    .contains("slide", "lactateDehydrogenase")
                    .doesNotContain("albumin");
            var said = model.outcomes(List.of(features, features.without("slide")));
            assertThat(contributions.stream()
                            .filter(one -> one.input().equals("slide"))
                            .findFirst()
                            .orElseThrow()
                            .amount())
                    .isCloseTo(
                            100
                                    * (said.get(0).value().orElseThrow()
                                            - said.get(1).value().orElseThrow()),
                            within(0.01));
        }
    }

    @Test
    void writesAReportWithASlideAndARiskAssessmentWithout() throws Exception {
        var golden = golden();
        try (var model = Kernel.loader().load(MODEL)) {
            var findings = new Findings(model.card());
            var with = evidence(model, slide(golden), 1);
            var without = evidence(model, slide(golden), 0);

            var report = findings.of(
                    with, model.infer(List.of(with), Priority.ROUTINE).get(0), NOW);
            var risk = findings.of(
                    without, model.infer(List.of(without), Priority.ROUTINE).get(0), NOW);

            assertThat(report.result()).isInstanceOfSatisfying(DiagnosticReport.class, written -> {
                assertThat(written.getConclusion())
                        .contains("synthetic", "median", "looked here", "missing: performanceStatus");
                assertThat(written.getImagingStudyFirstRep().getReference()).isEqualTo("ImagingStudy/s");
                assertThat(written.getPresentedFormFirstRep().getData()).containsExactly(1, 2, 3);
            });
            assertThat(report.parts())
                    .hasSize(2)
                    .anyMatch(RiskAssessment.class::isInstance)
                    .anyMatch(Observation.class::isInstance);
            assertThat(risk.result()).isInstanceOfSatisfying(RiskAssessment.class, written -> {
                assertThat(written.getPrediction()).hasSize(4);
                assertThat(written.getPredictionFirstRep().getRationale()).contains("missing: slide");
                assertThat(written.getMethod().getText()).contains("synthetic");
            });
        }
    }

    @Test
    void writesAPictureForEachOfSeveralSlides() throws Exception {
        try (var model = Kernel.loader().load(MODEL)) {
            var evidence = evidence(model, slide(golden(), 2), 2);

            var report = new Findings(model.card())
                    .of(
                            evidence,
                            model.infer(List.of(evidence), Priority.ROUTINE).get(0),
                            NOW);

            assertThat(report.result()).isInstanceOfSatisfying(DiagnosticReport.class, written -> {
                assertThat(written.getConclusion()).contains("looked here on slide 1. looked here on slide 2");
                assertThat(written.getPresentedForm())
                        .extracting(form -> form.getTitle())
                        .containsExactly(
                                "Where the network looked (attention), slide 1 of 2",
                                "Where the network looked (attention), slide 2 of 2");
            });
        }
    }

    @Test
    void abstainsWhenAStudyHoldsMoreSlidesThanAreLookedAt() throws Exception {
        try (var model = Kernel.loader().load(MODEL)) {
            var evidence = evidence(model, slide(golden()), 21);

            assertThat(model.infer(List.of(evidence), Priority.ROUTINE))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Abstained.class,
                            abstained -> assertThat(abstained.reasons().toString())
                                    .contains("slide: the newest study holds 21 slides (series), and no more than 20"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "attention: attention}; attention: gaze}; no tensor of the network holds it",
                "tensor: free; tensor: response; no tensor of the network holds it",
                "shape: [1, -1, 3, 64, 64]; shape: [-1, 3, 64, 64]; the network takes tiles [1, -1, 3, 64, 64], the 44 inputs' values",
                "value: slide; value: image; a network of tiles has one input of a slide, and no other images",
                "subject: Patient; subject: ImagingStudy; a slide can be missing",
                "kind: survival; kind: mask; a network of tiles gives no mask",
                "horizons: [6, 12, 24]; horizons: [5]; 5 is none of the curve's times",
                "micrometres: 0.5; micrometres: 0; micrometres of the slide that a pixel covers",
                "most: 256; most: 5000; how many tiles at most",
                "images: + tiles:; images: + zeros: [more] + tiles:; tiles go to the network as they are - remove zeros",
            })
    void saysWhatIsWrongWithACard(String right, String wrong, String problem) throws IOException {
        var folder = Files.createDirectories(root.resolve("tki-response/1.0.0"));
        Files.copy(MODEL.resolve("model.pt"), folder.resolve("model.pt"));
        var text = Files.readString(MODEL.resolve("model.yaml"));
        var found = right.replace(" + ", "\n  ");
        assertThat(text).contains(found);
        Files.writeString(
                folder.resolve("model.yaml"), text.replaceFirst(Pattern.quote(found), wrong.replace(" + ", "\n  ")));

        var refused =
                catchThrowableOfType(CardRefused.class, () -> Kernel.loader().load(folder));

        assertThat(refused.problems()).extracting(Problem::toString).anyMatch(line -> line.contains(problem));
    }

    private static JsonNode golden() throws IOException {
        return new ObjectMapper()
                .readTree(MODEL.resolve("golden/03-three-tiles.json").toFile());
    }

    private static double number(JsonNode golden, String output, int index) {
        for (var tensor : golden.at("/outcome/tensors")) {
            if (tensor.path("name").asText().equals(output)) {
                return tensor.path("data").get(index).asDouble();
            }
        }
        throw new AssertionError(output);
    }

    /** Every value is known that {@code row} has; without one, none but age, sex and what is there or not. */
    private static Features features(ServingModel model, JsonNode row, Optional<TiledImage> slide) {
        var byInput = new LinkedHashMap<String, Feature>();
        int at = 0;
        for (var input : model.card().requirements().inputs()) {
            var value = row.path(at++).asDouble();
            if (input.name().equals("slide")) {
                byInput.put(
                        input.name(),
                        slide.<Feature>map(Feature.Tiled::new).orElseGet(() -> new Feature.Missing("no slide")));
            } else if (row.isMissingNode()) {
                byInput.put(input.name(), new Feature.Missing("not known"));
            } else if (input.isCategorical()) {
                byInput.put(
                        input.name(),
                        new Feature.Categorical(
                                input.categories().get((int) value).name(), (int) value));
            } else {
                byInput.put(input.name(), new Feature.Numeric(value));
            }
        }
        return new Features(byInput);
    }

    private static Evidence evidence(ServingModel model, TiledImage slide, int slides) {
        var bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        var patient = new Patient().setBirthDateElement(new DateType("1960-01-01"));
        patient.setGender(Enumerations.AdministrativeGender.FEMALE).setId("Patient/p");
        bundle.addEntry().setResource(patient);
        var study = new ImagingStudy().setSubject(new Reference("Patient/p"));
        study.setId("ImagingStudy/s/_history/1");
        study.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
        study.getStartedElement().setValueAsString("2026-11-27");
        for (int i = 0; i < slides; i++) {
            var series = study.addSeries().setUid("2.25." + i);
            series.getModality().setCode("SM");
            series.addInstance().setUid("2.25.10" + i);
        }
        bundle.addEntry().setResource(study);
        return new EvidenceReader(
                        new BundleRecord(bundle, (resource, query) -> true),
                        new Paths(Kernel.fhir()),
                        new Units(),
                        new ShippedVocabulary(Kernel.fhir()))
                .with(new OneStudy(slide))
                .read(List.of(Subject.patient("Patient/p")), model.card().requirements(), NOW)
                .get(0);
    }

    private static TiledImage slide(JsonNode golden) {
        return slide(golden, 1);
    }

    private static TiledImage slide(JsonNode golden, int slides) {
        var data = golden.at("/tensors/0/data");
        int area = SIDE * SIDE;
        var tiles = new ArrayList<int[]>();
        for (int tile = 0; tile < data.size() / area / 3; tile++) {
            int from = tile * area * 3;
            tiles.add(IntStream.range(0, area)
                    .map(i -> data.get(from + i).asInt() << 16
                            | data.get(from + area + i).asInt() << 8
                            | data.get(from + 2 * area + i).asInt())
                    .toArray());
        }
        return new Shown(tiles, slides);
    }

    /** An archive with the slides of one study. */
    private record OneStudy(TiledImage slide) implements PictureSource {
        @Override
        public List<Picture> pictures(Wish wish) {
            throw new AssertionError("no pictures are asked for");
        }

        @Override
        public TiledImage slides(Wish wish) {
            return slide;
        }
    }

    /** Tiles beside each other, each on the next of the slides. */
    private record Shown(List<int[]> tiles, int slides) implements TiledImage {
        @Override
        public Tiles tiles(Tiling tiling) {
            var places = IntStream.range(0, tiles.size())
                    .mapToObj(i -> new Tiles.Tile(i % slides, i * SIDE, 0, SIDE))
                    .toList();
            return new Tiles(tiling.size(), places, tiles, Collections.nCopies(slides, tiles.size()));
        }

        @Override
        public List<Sighting> sightings(Attention attention) {
            return IntStream.rangeClosed(1, slides)
                    .mapToObj(number -> (Sighting) new Looked(slides == 1 ? "" : " on slide " + number))
                    .toList();
        }
    }

    /** A slide that nothing can be said about. */
    private record Blank() implements TiledImage {
        @Override
        public Tiles tiles(Tiling tiling) {
            throw new SlideUnusable("no tissue");
        }

        @Override
        public List<Sighting> sightings(Attention attention) {
            throw new AssertionError("nothing was looked at");
        }
    }

    /** Says so. */
    private record Looked(String where) implements Sighting {
        @Override
        public List<Measure> measures() {
            return List.of();
        }

        @Override
        public List<String> words() {
            return List.of("looked here" + where);
        }

        @Override
        public Optional<byte[]> overlay() {
            return Optional.of(new byte[] {1, 2, 3});
        }

        @Override
        public Optional<byte[]> uncertainty() {
            return Optional.empty();
        }

        @Override
        public List<Stored> objects() {
            return List.of();
        }

        @Override
        public void keep() {
            throw new AssertionError("nothing is kept");
        }
    }
}
