package org.auspex.language.filing;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.language.text.Folding;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;

/** The names of a patient, for comparison with what a note writes. */
final class Names {

    /** Stand in notes for characters that are not told. */
    private static final String MASKS = "某*○×";

    private final List<String> written;

    Names(Patient patient) {
        this.written =
                patient.getName().stream().flatMap(Names::spellings).distinct().toList();
    }

    /** Whether a folded name can be one of these. What is written in another script than all of them is not compared. */
    boolean fit(String name) {
        var comparable = written.stream()
                .filter(other -> isIdeographic(other) == isIdeographic(name))
                .toList();
        return comparable.isEmpty() || comparable.stream().anyMatch(other -> isSame(name, other));
    }

    private static boolean isSame(String name, String other) {
        if (isIdeographic(name)) {
            return isSameUnmasked(letters(name), letters(other));
        }
        var one = words(name);
        var two = words(other);
        return one.containsAll(two) || two.containsAll(one);
    }

    /** Characters that either of them hides are not compared. */
    private static boolean isSameUnmasked(String one, String two) {
        if (one.length() != two.length()) {
            return isMasked(one) || isMasked(two) ? one.charAt(0) == two.charAt(0) : false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (one.charAt(i) != two.charAt(i)
                    && MASKS.indexOf(one.charAt(i)) < 0
                    && MASKS.indexOf(two.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMasked(String name) {
        return name.chars().anyMatch(letter -> MASKS.indexOf(letter) >= 0);
    }

    private static Stream<String> spellings(HumanName name) {
        var given = name.getGiven().stream().map(PrimitiveType::getValue).collect(Collectors.joining(" "));
        var parts = Stream.of(name.getFamily(), given)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        return Stream.of(name.getText(), parts)
                .filter(spelling -> spelling != null && !spelling.isBlank())
                .map(Folding::of);
    }

    private static String letters(String name) {
        return name.replaceAll("\\s", "");
    }

    private static Set<String> words(String name) {
        return Arrays.stream(name.split("[^\\p{L}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static boolean isIdeographic(String name) {
        return name.codePoints().anyMatch(Character::isIdeographic);
    }
}
