package org.auspex.kernel;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Paths;
import org.auspex.kernel.evidence.ShippedVocabulary;
import org.auspex.kernel.evidence.Vocabulary;
import org.auspex.kernel.inference.Engines;
import org.auspex.kernel.model.CardReader;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Bundle;

/** The kernel wired by hand, as tests use it: everything real, no server. */
final class Kernel {

    static final Path SHIPPED = Path.of("../../testdata/models");

    /** The guard, whose rules lie with the terminology. */
    static final Path GUARD = Path.of("../../terminology/src/main/resources/auspex/models");

    private static final FhirContext FHIR = FhirContext.forR4();
    private static final Units UNITS = new Units();
    private static final Paths PATHS = new Paths(FHIR);
    private static final Vocabulary VOCABULARY = new ShippedVocabulary(FHIR);

    private Kernel() {}

    static FhirContext fhir() {
        return FHIR;
    }

    static Bundle bundle(String json) {
        return FHIR.newJsonParser().parseResource(Bundle.class, json);
    }

    static EvidenceReader reader(Bundle bundle) {
        return new EvidenceReader(new BundleRecord(bundle, (resource, query) -> false), PATHS, UNITS, VOCABULARY);
    }

    static CardReader cards() {
        return new CardReader(UNITS, List.of(new PathRule(FHIR, PATHS, VOCABULARY, criteria -> Optional.empty())));
    }

    static ModelLoader loader() {
        return loader(Duration.ofSeconds(30));
    }

    static ModelLoader loader(Duration timeout) {
        return new ModelLoader(cards(), new Engines(timeout, 16), reader(new Bundle()), FHIR, Map.of());
    }
}
