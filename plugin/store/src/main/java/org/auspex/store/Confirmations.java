package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.watch.Watched;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;

/** What people made of a version's results: those whose status they changed, segmentations compared with theirs, and their diagnoses. */
final class Confirmations {

    private static final String RESULT = "RiskAssessment";
    private static final String STATUS = "status";
    private static final Set<String> CHANGED = Set.of("final", "amended", "corrected", "cancelled", "entered-in-error");

    private final FhirStore store;
    private final WatchTable table;
    private final Diagnoses diagnoses;
    private final ISearchParamRegistry parameters;

    Confirmations(FhirStore store, WatchTable table, Diagnoses diagnoses, ISearchParamRegistry parameters) {
        this.store = store;
        this.table = table;
        this.diagnoses = diagnoses;
        this.parameters = parameters;
    }

    /** Between two times. */
    Watched.Confirmed of(ModelCard card, Instant from, Instant before) {
        var model = card.id();
        var diagnosed = diagnoses.of(card, from, before);
        var results = results(model, from, before);
        var segmentations = segmentations(model, from, before);
        var dice = segmentations.stream()
                .map(Observation.class::cast)
                .filter(observation -> observation.getValue() instanceof Quantity)
                .mapToDouble(
                        observation -> observation.getValueQuantity().getValue().doubleValue())
                .summaryStatistics();
        return new Watched.Confirmed(
                count(results, Set.of(RiskAssessment.RiskAssessmentStatus.FINAL)),
                count(
                        results,
                        Set.of(
                                RiskAssessment.RiskAssessmentStatus.AMENDED,
                                RiskAssessment.RiskAssessmentStatus.CORRECTED)),
                count(
                        results,
                        Set.of(
                                RiskAssessment.RiskAssessmentStatus.CANCELLED,
                                RiskAssessment.RiskAssessmentStatus.ENTEREDINERROR)),
                dice.getCount(),
                dice.getAverage(),
                diagnosed.agreeing(),
                diagnosed.disagreeing());
    }

    /** Without those that the machine withdrew itself. Nothing where the host does not let results be searched by their status. */
    private List<RiskAssessment> results(ModelId model, Instant from, Instant before) {
        if (parameters.getActiveSearchParam(RESULT, STATUS, ISearchParamRegistry.SearchParamLookupContextEnum.SEARCH)
                == null) {
            return List.of();
        }
        var wanted = new TokenOrListParam();
        CHANGED.forEach(status -> wanted.add(new TokenParam(status)));
        var found = store.search(RESULT, about("performer", model, from, before).add(STATUS, wanted)).stream()
                .map(RiskAssessment.class::cast)
                .toList();
        var standing =
                table.standing(found.stream().map(Confirmations::reference).toList());
        return found.stream().filter(risk -> standing.contains(reference(risk))).toList();
    }

    private List<Resource> segmentations(ModelId model, Instant from, Instant before) {
        return store.search(
                "Observation",
                about("subject", model, from, before)
                        .add("code", new TokenParam(Systems.MEASUREMENT, "segmentation-agreement")));
    }

    private static SearchParameterMap about(String device, ModelId model, Instant from, Instant before) {
        var search = new SearchParameterMap().add(device, new ReferenceParam("Device/" + ModelDevice.id(model)));
        search.setLastUpdated(new DateRangeParam(Date.from(from), Date.from(before)));
        return search;
    }

    private static long count(List<RiskAssessment> results, Set<RiskAssessment.RiskAssessmentStatus> wanted) {
        return results.stream()
                .filter(risk -> wanted.contains(risk.getStatus()))
                .count();
    }

    private static String reference(RiskAssessment risk) {
        return RESULT + "/" + risk.getIdElement().getIdPart();
    }
}
