package org.auspex.terminology;

/**
 * A code in its system, written {@code system|code} as in a FHIR search token.
 *
 * @param system the canonical URI of the code system; empty when the source did not say
 * @param code the code itself
 */
public record Code(String system, String code) {

    /** Reads {@code system|code}, {@code |code} or a bare {@code code}; the latter two have no system. */
    public static Code parse(String token) {
        var bar = token.indexOf('|');
        return bar < 0
                ? new Code("", token.strip())
                : new Code(
                        token.substring(0, bar).strip(),
                        token.substring(bar + 1).strip());
    }

    /** Whether {@code other} is this code; a code declared without a system matches in any system. */
    public boolean matches(Code other) {
        return code.equals(other.code) && (system.isEmpty() || system.equals(other.system));
    }

    @Override
    public String toString() {
        return system.isEmpty() ? code : system + "|" + code;
    }
}
