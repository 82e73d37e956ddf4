package org.auspex.language.facts;

import java.util.List;
import java.util.stream.Stream;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionDesignationComponent;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceDesignationComponent;

/** The displays and designations of a loaded CodeSystem, or of an expanded ValueSet, as words for one kind of thing. */
public final class CodeSystemVocabulary implements Vocabulary {

    /** Shorter words mean too many things. */
    static final int SHORTEST = 2;

    private final List<Term> terms;

    /** @param stored a CodeSystem, a ValueSet with its expansion, or a ConceptMap */
    public static Vocabulary of(FactKind kind, Resource stored) {
        if (stored instanceof CodeSystem system) {
            return new CodeSystemVocabulary(kind, system);
        }
        if (stored instanceof ValueSet valueSet) {
            return new CodeSystemVocabulary(kind, valueSet);
        }
        if (stored instanceof ConceptMap map) {
            return new ConceptMapVocabulary(kind, map);
        }
        throw new IllegalArgumentException("A %s has no words".formatted(stored.fhirType()));
    }

    public CodeSystemVocabulary(FactKind kind, CodeSystem system) {
        terms = system.getConcept().stream()
                .flatMap(CodeSystemVocabulary::withChildren)
                .flatMap(concept -> terms(
                        kind,
                        new Code(system.getUrl(), concept.getCode()),
                        concept.getDisplay(),
                        concept.getDesignation().stream().map(ConceptDefinitionDesignationComponent::getValue)))
                .toList();
    }

    /** @param valueSet with its expansion; without one it names nothing */
    public CodeSystemVocabulary(FactKind kind, ValueSet valueSet) {
        terms = valueSet.getExpansion().getContains().stream()
                .filter(contains -> !contains.getAbstract())
                .flatMap(contains -> terms(
                        kind,
                        new Code(contains.getSystem(), contains.getCode()),
                        contains.getDisplay(),
                        contains.getDesignation().stream().map(ConceptReferenceDesignationComponent::getValue)))
                .toList();
    }

    @Override
    public Stream<Term> terms() {
        return terms.stream();
    }

    private static Stream<ConceptDefinitionComponent> withChildren(ConceptDefinitionComponent concept) {
        return Stream.concat(
                Stream.of(concept), concept.getConcept().stream().flatMap(CodeSystemVocabulary::withChildren));
    }

    private static Stream<Term> terms(FactKind kind, Code code, String display, Stream<String> designations) {
        var concept = new Concept(kind, code.toString(), display == null ? code.code() : display, List.of(code));
        return Stream.concat(Stream.ofNullable(display), designations)
                .filter(words -> words.length() >= SHORTEST)
                .distinct()
                .map(words -> new Term(words, concept));
    }
}
