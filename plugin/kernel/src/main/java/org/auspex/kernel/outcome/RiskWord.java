package org.auspex.kernel.outcome;

import org.auspex.terminology.Systems;

/** Words for risk: those of HL7's risk-probability, and one that published scores use and HL7 lacks. */
public enum RiskWord {
    NEGLIGIBLE("negligible", Systems.RISK_PROBABILITY),
    LOW("low", Systems.RISK_PROBABILITY),
    LOW_MEDIUM("low-medium", Systems.RISK_BAND),
    MODERATE("moderate", Systems.RISK_PROBABILITY),
    HIGH("high", Systems.RISK_PROBABILITY),
    CERTAIN("certain", Systems.RISK_PROBABILITY);

    private final String code;
    private final String system;

    RiskWord(String code, String system) {
        this.code = code;
        this.system = system;
    }

    public String code() {
        return code;
    }

    public String system() {
        return system;
    }

    /** The word for a code as cards write it. */
    public static RiskWord of(String code) {
        for (var word : values()) {
            if (word.code.equals(code)) {
                return word;
            }
        }
        throw new IllegalArgumentException("No word for risk: " + code);
    }
}
