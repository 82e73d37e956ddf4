package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every search of docs/querying.md is run as it stands there; what it finds and what it includes is known exactly. */
class QueryingIT {

    private static final Path PAGE = Path.of("../../docs/querying.md");
    private static final Pattern PART = Pattern.compile("(?m)^## (.+)$|^```http\n((?s:.*?))\n```$");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[a-z]+]");
    private static final FhirContext FHIR = FhirContext.forR4();

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static Map<String, String> placeholders;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        var patients = new QueriedPatients(server);
        patients.admit();
        var withdrawn = patients.await(
                "n-corrected", "news2", risk -> risk.getStatus() == RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR);
        var today = LocalDate.now(ZoneOffset.UTC);
        placeholders = Map.of(
                "[base]", server.base(),
                "[since]", today.minusDays(7).toString(),
                "[yesterday]", today.minusDays(1).toString(),
                "[patient]", "n-corrected",
                "[observation]", patients.pulse("n-corrected").getIdElement().getIdPart(),
                "[result]", withdrawn.getIdElement().getIdPart());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A search of the page: the heading above it, and which one it is below that. */
    record Search(String question, int number, String request) {

        String url() {
            return request.lines().findFirst().orElseThrow().replaceFirst("^GET ", "");
        }

        List<String> headers() {
            return request.lines()
                    .skip(1)
                    .flatMap(line -> Stream.of(line.split(": ", 2)))
                    .toList();
        }

        @Override
        public String toString() {
            return question + " " + number;
        }
    }

    static List<Search> searches() throws IOException {
        var searches = new ArrayList<Search>();
        var question = "";
        var number = 0;
        var parts = PART.matcher(Files.readString(PAGE));
        while (parts.find()) {
            if (parts.group(1) != null) {
                question = parts.group(1);
                number = 0;
            } else {
                number++;
                searches.add(new Search(question, number, parts.group(2)));
            }
        }
        return searches;
    }

    @Test
    void everySearchOfThePageHasAnAnswerHereAndEveryAnswerASearch() throws IOException {
        var asked = new LinkedHashMap<String, Integer>();
        searches().forEach(search -> asked.merge(search.question(), 1, Integer::sum));
        var answered = new LinkedHashMap<String, Integer>();
        QueryAnswers.all().forEach((question, answers) -> answered.put(question, answers.size()));

        assertThat(asked).isEqualTo(answered);
    }

    @ParameterizedTest
    @MethodSource("searches")
    void answersExactly(Search search) throws Exception {
        var expected =
                QueryAnswers.all().getOrDefault(search.question(), List.of()).get(search.number() - 1);

        var answer = run(search);

        if (search.url().contains("_sort=")) {
            assertThat(labels(answer, SearchEntryMode.MATCH)).containsExactlyElementsOf(expected.matches());
        } else {
            assertThat(labels(answer, SearchEntryMode.MATCH)).containsExactlyInAnyOrderElementsOf(expected.matches());
        }
        assertThat(labels(answer, SearchEntryMode.INCLUDE)).containsExactlyInAnyOrderElementsOf(expected.included());
        expected.total().ifPresent(total -> assertThat(answer.getTotal()).isEqualTo(total));
        assertThat(answer.getLink("next")).isNull();
    }

    @Test
    void aWithdrawalSaysWhy() throws Exception {
        var reasons = run(new Search("", 0, "GET [base]/Provenance?activity=NULLIFY")).getEntry().stream()
                .map(entry -> ((Provenance) entry.getResource()).getActivity().getText())
                .toList();

        assertThat(reasons)
                .hasSize(3)
                .allMatch(reason -> reason.startsWith("Withdrawal: Observation/"))
                .filteredOn(reason -> reason.endsWith("was deleted"))
                .hasSize(1);
    }

    /** The page says that 19 % are found, so it had better be true. */
    @Test
    void theResultThatMatchesByTwoOfItsPredictionsHasNoneThatIsMeant() throws Exception {
        var result = (RiskAssessment) run(new Search("", 0, "GET [base]/RiskAssessment?patient=v-risk"))
                .getEntryFirstRep()
                .getResource();

        assertThat(result.getPrediction())
                .anyMatch(prediction -> percent(prediction) > 20)
                .filteredOn(prediction -> "72092001"
                        .equals(prediction.getOutcome().getCodingFirstRep().getCode()))
                .isNotEmpty()
                .allMatch(prediction -> percent(prediction) < 20)
                .anyMatch(prediction -> Math.round(percent(prediction)) == 19);
    }

    /** The SearchParameter for basis is ours: what others write must not meet rules that HAPI had not without it. */
    @Test
    void theBasisOfWhatOthersWriteIsNeitherCheckedNorHoldsBackADelete() {
        var evidence = server.client()
                .create()
                .resource(Vitals.measured("g-low", "2339-0", 5))
                .execute();
        var foreign = new RiskAssessment();
        foreign.setStatus(RiskAssessment.RiskAssessmentStatus.FINAL);
        foreign.setCode(new CodeableConcept(new Coding("urn:other", "falls", null)));
        foreign.setSubject(new Reference("Patient/g-low"));
        foreign.addBasis(new Reference(evidence.getId().toUnqualifiedVersionless()));
        foreign.addBasis(new Reference("Observation/not-here"));
        foreign.addBasis(new Reference("https://elsewhere.example/fhir/Observation/1"));

        server.client().create().resource(foreign).execute();

        server.client()
                .delete()
                .resourceById(evidence.getId().toUnqualifiedVersionless())
                .execute();
    }

    @Test
    void aResultWhoseEvidenceWasDeletedIsStillFoundByIt() throws Exception {
        var withdrawn = (RiskAssessment) run(new Search("", 0, "GET [base]/RiskAssessment?patient=n-deleted"))
                .getEntryFirstRep()
                .getResource();

        for (var basis : withdrawn.getBasis()) {
            var answer = run(new Search("", 0, "GET [base]/RiskAssessment?basis=" + basis.getReference()));
            assertThat(labels(answer, SearchEntryMode.MATCH))
                    .as(basis.getReference())
                    .containsExactly("news2|1.0.0 of n-deleted, withdrawn");
        }
        assertThat(withdrawn.getBasis()).hasSize(7);
        assertThat(labels(
                        run(new Search(
                                "", 0, "GET [base]/RiskAssessment?patient=n-deleted&_include=RiskAssessment:basis")),
                        SearchEntryMode.INCLUDE))
                .hasSize(6)
                .noneMatch(label -> label.startsWith("8867-4"));
    }

    private static Bundle run(Search search) throws IOException, InterruptedException {
        var url = PLACEHOLDER
                .matcher(search.url())
                .replaceAll(name -> Optional.ofNullable(placeholders.get(name.group()))
                        .orElseThrow(() -> new AssertionError("The page does not say what " + name.group() + " is")));
        for (var sign : List.of("|", "\\")) {
            url = url.replace(sign, URLEncoder.encode(sign, StandardCharsets.UTF_8));
        }
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!search.headers().isEmpty()) {
            request.headers(search.headers().toArray(String[]::new));
        }
        var response = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return FHIR.newJsonParser().parseResource(Bundle.class, response.body());
    }

    private static List<String> labels(Bundle answer, SearchEntryMode mode) {
        return answer.getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() == mode)
                .map(entry -> label(entry.getResource()))
                .toList();
    }

    /** A resource by what it is, since its id is the server's. */
    private static String label(Resource resource) {
        if (resource instanceof RiskAssessment risk) {
            return code(risk.getMethod()) + " of " + patient(risk.getSubject()) + state(risk);
        }
        if (resource instanceof Observation observation) {
            return code(observation.getCode()) + " of " + patient(observation.getSubject()) + " v"
                    + observation.getMeta().getVersionId();
        }
        if (resource instanceof Provenance provenance) {
            var target = provenance.getTarget().stream()
                    .filter(reference -> reference.getReference().startsWith("RiskAssessment/"))
                    .findFirst()
                    .orElseThrow();
            return (provenance.hasActivity() ? "the withdrawal of " : "the making of ") + label(read(target));
        }
        if (resource instanceof Task task) {
            return "a question about " + label(read(task.getFocus()));
        }
        var id = resource.getIdElement().getIdPart();
        return resource.fhirType().equals("Patient") ? id : resource.fhirType() + "/" + id;
    }

    private static String state(RiskAssessment risk) {
        if (risk.getStatus() == RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR) {
            return ", withdrawn";
        }
        if (risk.getStatus() == RiskAssessment.RiskAssessmentStatus.FINAL) {
            return ", confirmed";
        }
        return risk.getMeta().getTag("https://auspex-fhir.org/fhir/CodeSystem/state", "current") == null
                ? ", superseded"
                : "";
    }

    private static RiskAssessment read(Reference reference) {
        return server.client()
                .read()
                .resource(RiskAssessment.class)
                .withId(reference.getReferenceElement().getIdPart())
                .execute();
    }

    private static String code(CodeableConcept concept) {
        return concept.getCodingFirstRep().getCode();
    }

    private static String patient(Reference reference) {
        return reference.getReferenceElement().getIdPart();
    }

    private static double percent(RiskAssessment.RiskAssessmentPredictionComponent prediction) {
        return prediction.getProbabilityDecimalType().getValue().doubleValue();
    }
}
