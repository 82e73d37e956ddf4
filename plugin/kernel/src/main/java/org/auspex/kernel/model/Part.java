package org.auspex.kernel.model;

import java.util.LinkedHashMap;
import java.util.List;
import org.auspex.kernel.features.After;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Window;

/**
 * A model that another asks about the same subject.
 *
 * @param name what the other calls it: the beginning of the names of what it says
 * @param card of the version that is asked
 */
public record Part(String name, ModelCard card) {

    private static final String UNDER = "/";

    /** What the part says, each by the name of the part and one of these. */
    static final List<String> SAID = List.of("Label", "Points", "Percent", "Risk");

    /** Whether an input belongs to a part, and is not the card's own. */
    static boolean isOfPart(String input) {
        return input.contains(UNDER);
    }

    /** The name that the other card has for an input of this one, such as {@code heart/age}. */
    public String named(String input) {
        return name + UNDER + input;
    }

    /** The inputs of the part as the other card reads them. */
    List<Input> inputs() {
        return card.requirements().inputs().stream().map(this::input).toList();
    }

    private Input input(Input input) {
        var after = input.window()
                .after()
                .map(first -> new After(named(first.input()), first.least(), first.most(), first.same()));
        return new Input(
                named(input.name()),
                input.sources(),
                input.setting(),
                new Window(input.window().within(), after),
                input.take(),
                input.missing(),
                input.aiEvidence(),
                input.past(),
                input.categories(),
                input.onlyIf(),
                java.util.Optional.empty());
    }

    /** Whether a name in a formula is one of what the part says. */
    public boolean says(String named) {
        return SAID.stream().anyMatch(said -> named.equals(name + said));
    }

    /** What of all values belongs to the part, by its own names. */
    public Features own(Features all) {
        var own = new LinkedHashMap<String, Feature>();
        card.requirements().inputs().forEach(input -> own.put(input.name(), all.get(named(input.name()))));
        return new Features(own);
    }
}
