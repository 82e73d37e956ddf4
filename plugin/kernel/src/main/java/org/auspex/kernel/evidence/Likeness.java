package org.auspex.kernel.evidence;

import java.util.List;
import java.util.stream.Collectors;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;

/** Compares what two resources say about how something was measured. */
final class Likeness {

    private Likeness() {}

    /** Whether both say something and nothing of it is the same. */
    static boolean differs(List<Base> one, List<Base> other) {
        return !one.isEmpty()
                && !other.isEmpty()
                && one.stream().noneMatch(first -> other.stream().anyMatch(second -> isAlike(first, second)));
    }

    /** Two concepts are alike if they share a code; how they are displayed does not matter. */
    private static boolean isAlike(Base one, Base other) {
        if (one instanceof CodeableConcept first && other instanceof CodeableConcept second) {
            var codes = Values.codes(first);
            return codes.isEmpty()
                    ? shown(one).equalsIgnoreCase(shown(other))
                    : Values.codes(second).stream().anyMatch(codes::contains);
        }
        return one.equalsDeep(other);
    }

    static String shown(List<Base> values) {
        return values.stream().map(Likeness::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Base value) {
        if (value instanceof CodeableConcept concept) {
            return concept.hasCoding()
                    ? Values.codes(concept).stream().map(Code::toString).collect(Collectors.joining(", "))
                    : String.valueOf(concept.getText());
        }
        return value instanceof Reference reference
                ? String.valueOf(reference.getReference())
                : String.valueOf(value.primitiveValue());
    }
}
