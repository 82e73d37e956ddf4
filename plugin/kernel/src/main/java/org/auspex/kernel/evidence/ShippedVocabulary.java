package org.auspex.kernel.evidence;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auspex.terminology.Code;
import org.auspex.terminology.Conformance;
import org.auspex.terminology.Members;
import org.hl7.fhir.r4.model.ValueSet;

/** The ValueSets that Auspex ships, and no ConceptMaps: what holds where there is no server. */
public final class ShippedVocabulary implements Vocabulary {

    private final Map<String, Members> valueSets;

    public ShippedVocabulary(FhirContext fhir) {
        this.valueSets = Conformance.resources().stream()
                .map(json -> fhir.newJsonParser().parseResource(json))
                .filter(ValueSet.class::isInstance)
                .map(ValueSet.class::cast)
                .collect(Collectors.toUnmodifiableMap(
                        ValueSet::getUrl, set -> Members.of(set).orElseThrow()));
    }

    @Override
    public boolean isMember(String valueSet, Code code) {
        return Optional.ofNullable(valueSets.get(valueSet))
                .map(members -> members.contains(code))
                .orElse(false);
    }

    @Override
    public List<Code> meanings(Code code) {
        return List.of(code);
    }

    @Override
    public List<Code> spellings(Code code) {
        return List.of(code);
    }

    @Override
    public Optional<String> problem(String valueSet) {
        return valueSets.containsKey(valueSet)
                ? Optional.empty()
                : Optional.of(
                        "there is no ValueSet '%s' among %s".formatted(valueSet, new TreeSet<>(valueSets.keySet())));
    }
}
