package org.auspex.language.facts;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;

/**
 * The displays of a loaded ConceptMap as words for one kind of thing, with the codes of both sides: a house's own diagnoses become facts with
 * codes of ICD-10. Only what is equal or equivalent counts.
 */
public final class ConceptMapVocabulary implements Vocabulary {

    private static final Set<ConceptMapEquivalence> SAME =
            Set.of(ConceptMapEquivalence.EQUAL, ConceptMapEquivalence.EQUIVALENT);

    private final List<Term> terms;

    public ConceptMapVocabulary(FactKind kind, ConceptMap map) {
        terms = map.getGroup().stream()
                .flatMap(group -> group.getElement().stream().flatMap(element -> terms(kind, group, element)))
                .toList();
    }

    @Override
    public Stream<Term> terms() {
        return terms.stream();
    }

    private static Stream<Term> terms(FactKind kind, ConceptMapGroupComponent group, SourceElementComponent element) {
        var same = element.getTarget().stream()
                .filter(target -> target.hasCode() && SAME.contains(target.getEquivalence()))
                .toList();
        var source = new Code(group.getSource(), element.getCode());
        var codes = Stream.concat(
                        Stream.of(source), same.stream().map(target -> new Code(group.getTarget(), target.getCode())))
                .toList();
        var words = Stream.concat(
                        Stream.ofNullable(element.getDisplay()),
                        same.stream()
                                .filter(TargetElementComponent::hasDisplay)
                                .map(TargetElementComponent::getDisplay))
                .filter(word -> word.length() >= CodeSystemVocabulary.SHORTEST)
                .distinct()
                .toList();
        return words.stream().map(word -> new Term(word, new Concept(kind, source.toString(), words.get(0), codes)));
    }
}
