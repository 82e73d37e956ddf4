package org.auspex.kernel.inference;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.notes.ReadNote;
import org.auspex.kernel.notes.Standardisation;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Units;

/** Brings what a document names into the form that a card asks for. The reading itself was done where evidence is read. */
final class FactsEngine implements Engine {

    /** More is no note of one patient, and nobody would look through it. */
    private static final int MOST = 2000;

    private final String input;
    private final Standardisation standardisation;

    FactsEngine(ModelCard card) {
        this.input = card.requirements().inputs().get(0).name();
        this.standardisation = new Standardisation(card.output().wanted(), new Units());
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        return batch.stream()
                .map(features -> outcome(((Feature.Noted) features.get(input)).note()))
                .toList();
    }

    private Outcome outcome(ReadNote note) {
        if (note.facts().size() > MOST) {
            return new Outcome.Abstained(List.of(new Outcome.Reason(
                    Optional.of(input),
                    "the document names %d things, more than %d; store its parts as documents of their own"
                            .formatted(note.facts().size(), MOST))));
        }
        return new Outcome.Noted(note, standardisation.of(note));
    }

    /** Nothing weighs here: each fact has its words. */
    @Override
    public List<Contribution> explain(Features features) {
        return List.of();
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // It holds neither memory nor threads.
    }
}
