package org.auspex.kernel.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;
import org.auspex.terminology.Systems;
import org.auspex.terminology.Units;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;

/** Reads FHIR data types as values. */
final class Values {

    private final Units units;

    Values(Units units) {
        this.units = units;
    }

    /** The value of a FHIR element; empty when it holds none or is of a type that no input can read. */
    Optional<Value> read(Base element) {
        if (element instanceof Quantity quantity) {
            return Optional.ofNullable(quantity.getValue()).map(number -> measured(number, quantity));
        }
        if (element instanceof IntegerType integer) {
            return Optional.ofNullable(integer.getValue()).map(number -> bare(new BigDecimal(number)));
        }
        if (element instanceof DecimalType decimal) {
            return Optional.ofNullable(decimal.getValue()).map(Values::bare);
        }
        if (element instanceof BooleanType truth) {
            return Optional.ofNullable(truth.getValue()).map(Value.Truth::new);
        }
        return coded(element);
    }

    private static Optional<Value> coded(Base element) {
        if (element instanceof CodeableConcept concept) {
            return concept.hasCoding()
                    ? Optional.of(new Value.Coded(codes(concept)))
                    : Optional.ofNullable(concept.getText()).map(Value.Words::new);
        }
        if (element instanceof Coding coding) {
            return Optional.of(new Value.Coded(List.of(code(coding))));
        }
        if (element instanceof Enumeration<?> enumeration && enumeration.hasValue()) {
            return Optional.of(new Value.Coded(List.of(enumerated(enumeration))));
        }
        if (element instanceof CodeType code) {
            return Optional.ofNullable(code.getValue()).map(text -> new Value.Coded(List.of(new Code("", text))));
        }
        if (element instanceof StringType string) {
            return Optional.ofNullable(string.getValue()).map(Value.Words::new);
        }
        return Optional.empty();
    }

    private static <T extends Enum<?>> Code enumerated(Enumeration<T> enumeration) {
        return new Code(enumeration.getEnumFactory().toSystem(enumeration.getValue()), enumeration.getValueAsString());
    }

    static List<Code> codes(CodeableConcept concept) {
        return concept.getCoding().stream().map(Values::code).toList();
    }

    private static Code code(Coding coding) {
        return new Code(
                Optional.ofNullable(coding.getSystem()).orElse(""),
                Optional.ofNullable(coding.getCode()).orElse(""));
    }

    private Value measured(BigDecimal number, Quantity quantity) {
        var comparator = quantity.getComparatorElement().hasValue()
                ? quantity.getComparator().toCode()
                : "";
        var written = quantity.getUnitElement().hasValue()
                ? quantity.getUnit()
                : Optional.ofNullable(quantity.getCode()).orElse("");
        return new Value.Measured(number, comparator, unit(quantity), written);
    }

    /** The coded unit counts; the written one only where there is no code. A code of another system is no unit. */
    private Optional<String> unit(Quantity quantity) {
        if (quantity.getCodeElement().hasValue()) {
            var ucum = !quantity.getSystemElement().hasValue() || Systems.UCUM.equals(quantity.getSystem());
            return ucum ? units.code(quantity.getCode()) : Optional.empty();
        }
        return Optional.ofNullable(quantity.getUnit()).flatMap(units::code);
    }

    private static Value bare(BigDecimal number) {
        return new Value.Measured(number, "", Optional.empty(), "");
    }
}
