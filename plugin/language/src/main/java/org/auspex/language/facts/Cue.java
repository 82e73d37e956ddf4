package org.auspex.language.facts;

import java.util.Locale;
import java.util.Optional;

/**
 * Words that say how what stands near them is meant.
 *
 * @param effect what they say of it; none if they only end what others say, or only look like a cue
 * @param stops which effect does not reach past them; {@link Stops#NOTHING} for an ordinary cue
 * @param before whether it works on what follows it
 * @param after whether it works on what precedes it
 * @param wholeSentence whether it reaches over commas
 */
record Cue(Optional<Assertion> effect, Stops stops, boolean before, boolean after, boolean wholeSentence) {

    enum Stops {
        NOTHING,
        HISTORY,
        ALL
    }

    /** @param columns effect, direction, reach, as {@code cues.tsv} explains them */
    static Cue of(String effect, String direction, String reach) {
        var stops = switch (effect) {
            case "stop" -> Stops.ALL;
            case "stop-historical" -> Stops.HISTORY;
            default -> Stops.NOTHING;
        };
        var said = stops != Stops.NOTHING || effect.equals("none")
                ? Optional.<Assertion>empty()
                : Optional.of(Assertion.valueOf(effect.toUpperCase(Locale.ROOT)));
        return new Cue(said, stops, !direction.equals("after"), !direction.equals("before"), reach.equals("sentence"));
    }

    boolean stops(Assertion other) {
        return stops == Stops.ALL || (stops == Stops.HISTORY && other == Assertion.HISTORICAL);
    }
}
