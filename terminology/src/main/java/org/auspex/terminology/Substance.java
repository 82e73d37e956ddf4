package org.auspex.terminology;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Substances that laboratories report by mass or by amount, with the molar mass in g/mol that leads from one to the
 * other (from their chemical formulas and the IUPAC standard atomic weights of 2021).
 */
public enum Substance {
    /** Ca. */
    CALCIUM("40.078"),
    /** C27H46O. */
    CHOLESTEROL("386.66"),
    /** C4H7N3O. */
    CREATININE("113.12"),
    /** C6H12O6. */
    GLUCOSE("180.16"),
    /** CH4N2O. */
    UREA("60.056"),
    /** The nitrogen of urea: a laboratory that reports urea nitrogen weighs two atoms of it in each molecule of urea. */
    UREA_NITROGEN("28.014"),
    /** C55H98O6, triolein, by which triglycerides are counted. */
    TRIGLYCERIDE("885.4");

    private final BigDecimal molarMass;

    Substance(String molarMass) {
        this.molarMass = new BigDecimal(molarMass);
    }

    /** Grams in one mole. */
    BigDecimal molarMass() {
        return molarMass;
    }

    /** The name as cards write it, such as {@code urea-nitrogen}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The substance of a name as cards write it. */
    public static Optional<Substance> of(String code) {
        return Arrays.stream(values())
                .filter(substance -> substance.code().equals(code))
                .findFirst();
    }
}
