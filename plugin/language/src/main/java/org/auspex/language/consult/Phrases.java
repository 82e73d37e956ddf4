package org.auspex.language.consult;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Lines;
import org.auspex.terminology.Systems;

/**
 * The words of an answer that are neither the record's nor a document's, in each of its languages.
 *
 * @param emergency number or contact of the site for emergencies; usual numbers if absent
 * @param contact whom patients of the site ask; the care team if absent
 */
public record Phrases(Optional<String> emergency, Optional<String> contact) {

    private static final Map<String, String[]> WORDS = Stream.concat(
                    Lines.of(Phrases.class, "phrases.tsv").stream(),
                    Lines.of(Systems.class, "urgent-advice.tsv").stream())
            .collect(Collectors.toUnmodifiableMap(columns -> columns[0], columns -> columns));

    String of(String name, Tongue tongue, Object... values) {
        var columns = WORDS.get(name);
        if (columns == null) {
            throw new IllegalStateException("phrases.tsv has no words for %s".formatted(name));
        }
        return columns[1 + tongue.ordinal()].formatted(values);
    }

    /** The words for a code, or the code itself. */
    String code(String code, Tongue tongue) {
        return WORDS.containsKey("code." + code) ? of("code." + code, tongue) : code;
    }

    /** What an urgent question is answered with first. */
    public String advice(Urgency urgency, Tongue tongue) {
        return of(urgency.advice(), tongue, emergency.orElseGet(() -> of(urgency.advice() + "-number", tongue)));
    }

    String declined(Tongue tongue) {
        return of("declined", tongue, contact(tongue));
    }

    String caution(Tongue tongue) {
        return of("caution", tongue, contact(tongue));
    }

    private String contact(Tongue tongue) {
        return contact.orElseGet(() -> of("contact", tongue));
    }
}
