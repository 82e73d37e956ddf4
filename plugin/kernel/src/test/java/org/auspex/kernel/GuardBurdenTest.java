package org.auspex.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.inference.Priority;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.outcome.Issue;
import org.auspex.kernel.outcome.Outcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Encounter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How many issues the guard raises at the ends of the encounters of synthetic patients: the figures of docs/models/missed-diagnosis.md. */
class GuardBurdenTest {

    private static final Path SYNTHEA = Path.of("../../../shared/data/fhir-synthea");
    private static final ModelId GUARD = new ModelId("missed-diagnosis", "1.0.0");

    @Test
    void theIssuesOfSyntheaPatientsAreThoseOfThePage() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SYNTHEA), "SKIPPED: no " + SYNTHEA + " beside the checkout");
        var judged = 0;
        var ends = 0;
        var found = new ArrayList<String>();
        try (var models = Kernel.loader().loadAll(List.of(Kernel.GUARD));
                Stream<Path> files = Files.list(SYNTHEA)) {
            for (var file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                var bundle = Kernel.bundle(Files.readString(file));
                var record = new BundleRecord(bundle, (resource, query) -> false);
                var reader = Kernel.reader(bundle);
                var subject = record.subjects("Patient").get(0);
                var prediction = new Prediction(models, reader, FindingsWriter.NOWHERE, Clock.systemUTC());
                for (var encounter : finished(bundle)) {
                    ends++;
                    var end = encounter.getPeriod().getEnd().toInstant();
                    var outcome = prediction
                            .predict(GUARD, List.of(subject), end, Priority.ROUTINE)
                            .get(0)
                            .outcome();
                    if (outcome instanceof Outcome.Issues issues) {
                        judged++;
                        issues.open().stream()
                                .map(Issue::rule)
                                .forEach(rule -> found.add(
                                        file.getFileName().toString().split("_")[1] + " " + end + " " + rule));
                    }
                }
            }
        }

        assertThat(ends).isEqualTo(130);
        // In the others there is no value of the last weeks that a rule looks at.
        assertThat(judged).isEqualTo(27);
        assertThat(found).isEmpty();
    }

    private static List<Encounter> finished(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Encounter.class::isInstance)
                .map(Encounter.class::cast)
                .filter(encounter -> encounter.getStatus() == Encounter.EncounterStatus.FINISHED)
                .toList();
    }
}
