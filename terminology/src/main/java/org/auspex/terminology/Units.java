package org.auspex.terminology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/** Conversion between UCUM units. Units are converted or refused, never guessed. */
public final class Units {

    /** Conversions are exact to this many significant digits; more would only show the library's rounding. */
    private static final MathContext PRECISION = new MathContext(12, RoundingMode.HALF_UP);

    /**
     * Unit texts that the field writes where UCUM belongs. Each has one possible meaning for a clinical quantity; a text
     * with two (a bare "C" is Celsius or coulomb) is not here and is refused.
     */
    private static final Map<String, String> WRITTEN_AS = Map.ofEntries(
            Map.entry("mmHg", "mm[Hg]"),
            Map.entry("mm Hg", "mm[Hg]"),
            Map.entry("°C", "Cel"),
            Map.entry("degC", "Cel"),
            Map.entry("°F", "[degF]"),
            Map.entry("degF", "[degF]"),
            Map.entry("bpm", "/min"),
            Map.entry("beats/min", "/min"),
            Map.entry("beats/minute", "/min"),
            Map.entry("breaths/min", "/min"),
            Map.entry("breaths/minute", "/min"),
            Map.entry("mg/dl", "mg/dL"),
            Map.entry("mmol/l", "mmol/L"),
            Map.entry("l/min", "L/min"),
            Map.entry("liters/min", "L/min"),
            Map.entry("mL/min/1.73m2", "mL/min/{1.73_m2}"),
            Map.entry("mL/min/1.73 m2", "mL/min/{1.73_m2}"),
            Map.entry("mL/min/1.73m²", "mL/min/{1.73_m2}"),
            Map.entry("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
            Map.entry("years", "a"),
            Map.entry("yr", "a"));

    /** What a substance is measured per: volume, or nothing. */
    private static final List<String> BASES = List.of("/L", "");

    /** Records may hold any number of units, so what is remembered has a limit. */
    private static final int MOST_COMPARED = 1000;

    private final UcumService ucum;
    private final Map<String, Boolean> comparable = new ConcurrentHashMap<>();

    public Units() {
        try (var essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
            if (essence == null) {
                throw new IllegalStateException("The UCUM library on the class path has no /ucum-essence.xml");
            }
            ucum = new UcumEssenceService(essence);
        } catch (IOException e) {
            throw new UncheckedIOException("/ucum-essence.xml cannot be read", e);
        } catch (UcumException e) {
            throw new IllegalStateException("/ucum-essence.xml is not a UCUM essence file", e);
        }
    }

    /** What is wrong with {@code unit} as a UCUM expression, or empty when it is one. */
    public Optional<String> problem(String unit) {
        return Optional.ofNullable(ucum.validate(unit));
    }

    /** The UCUM code for {@code text}: itself when it is UCUM already, or the one meaning of a common spelling. */
    public Optional<String> code(String text) {
        var known = WRITTEN_AS.get(text.strip());
        if (known != null) {
            return Optional.of(known);
        }
        return !text.isBlank() && problem(text).isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /**
     * Converts {@code value} from one unit to another.
     *
     * @throws UnitRefused if either is no UCUM unit or they measure different things
     */
    public BigDecimal convert(BigDecimal value, String from, String to) throws UnitRefused {
        if (from.equals(to)) {
            return value;
        }
        var fromScale = Temperature.of(from);
        var toScale = Temperature.of(to);
        if (fromScale.isPresent() && toScale.isPresent()) {
            return fromScale.get().to(toScale.get(), value).round(PRECISION);
        }
        return converted(value, from, to).round(PRECISION);
    }

    /**
     * Converts {@code value} of a substance, also between mass and amount: 5 mmol/L of glucose are 90 mg/dL.
     *
     * @throws UnitRefused if either is no UCUM unit or they measure different things
     */
    public BigDecimal convert(BigDecimal value, String from, String to, Substance substance) throws UnitRefused {
        if (from.equals(to)) {
            return value;
        }
        for (var base : BASES) {
            if (comparable(from, "mol" + base) && comparable(to, "g" + base)) {
                var moles = converted(value, from, "mol" + base);
                return converted(moles.multiply(substance.molarMass()), "g" + base, to)
                        .round(PRECISION);
            }
            if (comparable(from, "g" + base) && comparable(to, "mol" + base)) {
                var grams = converted(value, from, "g" + base);
                return converted(grams.divide(substance.molarMass(), MathContext.DECIMAL64), "mol" + base, to)
                        .round(PRECISION);
            }
        }
        return convert(value, from, to);
    }

    /** The library takes milliseconds to compare with moles, and the same few units come again and again. */
    private boolean comparable(String unit, String base) throws UnitRefused {
        var pair = unit + " " + base;
        var known = comparable.get(pair);
        if (known != null) {
            return known;
        }
        try {
            var answer = ucum.isComparable(unit, base);
            if (comparable.size() < MOST_COMPARED) {
                comparable.put(pair, answer);
            }
            return answer;
        } catch (UcumException e) {
            throw new UnitRefused("unit '%s' is not known".formatted(unit), e);
        }
    }

    private BigDecimal converted(BigDecimal value, String from, String to) throws UnitRefused {
        try {
            var converted = ucum.convert(new Decimal(value.toPlainString()), from, to);
            return new BigDecimal(converted.asDecimal());
        } catch (UcumException e) {
            throw new UnitRefused("unit '%s' cannot be converted to '%s'".formatted(from, to), e);
        }
    }
}
