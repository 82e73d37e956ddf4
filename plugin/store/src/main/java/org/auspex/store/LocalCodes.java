package org.auspex.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/**
 * The local codes of a site and what its ConceptMaps say they mean. Only what is equal or equivalent counts: a local code
 * that is merely related, wider or narrower could be measured otherwise.
 */
record LocalCodes(Map<Code, Set<Code>> targets, Map<Code, Set<Code>> sources) {

    private static final Set<ConceptMapEquivalence> SAME =
            Set.of(ConceptMapEquivalence.EQUAL, ConceptMapEquivalence.EQUIVALENT);

    static LocalCodes of(List<ConceptMap> maps) {
        var codes = new LocalCodes(new HashMap<>(), new HashMap<>());
        maps.stream()
                .filter(map -> map.getStatus() == PublicationStatus.ACTIVE)
                .flatMap(map -> map.getGroup().stream())
                .forEach(codes::add);
        return codes;
    }

    private void add(ConceptMap.ConceptMapGroupComponent group) {
        for (var element : group.getElement()) {
            var local = new Code(String.valueOf(group.getSource()), element.getCode());
            element.getTarget().stream()
                    .filter(target -> SAME.contains(target.getEquivalence()))
                    .map(target -> new Code(String.valueOf(group.getTarget()), target.getCode()))
                    .forEach(standard -> {
                        targets.computeIfAbsent(local, key -> new LinkedHashSet<>())
                                .add(standard);
                        sources.computeIfAbsent(standard, key -> new LinkedHashSet<>())
                                .add(local);
                    });
        }
    }

    List<Code> meanings(Code code) {
        return withItself(code, targets);
    }

    List<Code> spellings(Code code) {
        return withItself(code, sources);
    }

    private static List<Code> withItself(Code code, Map<Code, Set<Code>> others) {
        var all = new ArrayList<>(List.of(code));
        all.addAll(others.getOrDefault(code, Set.of()));
        return all;
    }
}
