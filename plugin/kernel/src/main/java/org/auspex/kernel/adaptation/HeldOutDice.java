package org.auspex.kernel.adaptation;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.background.Progress;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.outcome.Outcome;

/** Dice of what a model marks on a case. */
final class HeldOutDice implements ToDoubleFunction<LabelledCase> {

    private final ServingModel model;
    private final String doing;
    private final int cases;
    private final Progress progress;
    private int done;

    /**
     * @param doing for the progress
     * @param cases how many there will be
     */
    HeldOutDice(ServingModel model, String doing, int cases, Progress progress) {
        this.model = model;
        this.doing = doing;
        this.cases = cases;
        this.progress = progress;
    }

    @Override
    public double applyAsDouble(LabelledCase one) {
        var input = model.card().requirements().inputs().get(0).name();
        var picture = new Feature.Pictured(List.of(one.labelled().picture()));
        var outcome =
                model.outcomes(List.of(new Features(Map.of(input, picture)))).get(0);
        progress.at(doing, ++done, cases);
        if (outcome instanceof Outcome.Marked marked) {
            var mask = marked.markings().get(0).marks().get(0).mask();
            return Overlap.of(mask.values(), one.labelled().mask().values()).dice();
        }
        throw new IllegalStateException(
                "%s marks nothing on an image: %s".formatted(model.card().id(), outcome));
    }
}
