package org.auspex.kernel.inference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Feature.Sentence;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Differential;
import org.auspex.kernel.outcome.Outcome;

/** Has what the record says of a subject judged by a language model, one subject after the other. */
final class ChatEngine implements Engine {

    private static final Outcome NOTHING_KNOWN =
            new Outcome.Abstained(List.of(Outcome.Reason.ofSubject("none of what the model reads is in the record")));
    private static final Outcome NOTHING_SUPPORTED = new Outcome.Abstained(List.of(
            Outcome.Reason.ofSubject("the record supports none of the diagnoses that the language model named")));

    private final ModelCard card;
    private final Diagnostician diagnostician;

    ChatEngine(ModelCard card, Diagnostician diagnostician) {
        this.card = card;
        this.diagnostician = diagnostician;
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        return batch.stream().map(this::outcome).toList();
    }

    private Outcome outcome(Features features) {
        var sentences = sentences(features);
        if (sentences.isEmpty()) {
            return NOTHING_KNOWN;
        }
        var opinion = diagnostician.opinion(sentences, card.engine().language().orElseThrow());
        return opinion.diagnoses().isEmpty()
                ? NOTHING_SUPPORTED
                : new Differential(
                        card.output(), opinion.inquiry().orElseThrow(), opinion.claims(), opinion.diagnoses());
    }

    /** Documents sentence by sentence, and each known value as one: "systolic pressure 150 mm[Hg]". */
    private List<Sentence> sentences(Features features) {
        var sentences = new ArrayList<Sentence>();
        for (var input : card.requirements().inputs()) {
            var feature = features.get(input.name());
            if (feature instanceof Feature.Narrated narrated) {
                sentences.addAll(narrated.sentences());
            } else {
                value(input, feature).ifPresent(words -> sentences.add(new Sentence(words, input.name())));
            }
        }
        return List.copyOf(sentences);
    }

    private static Optional<String> value(Input input, Feature feature) {
        if (feature instanceof Feature.Categorical category) {
            return Optional.of("%s: %s".formatted(words(input.name()), category.category()));
        }
        var unit = input.sources().stream()
                .flatMap(source -> source.unit().stream())
                .filter(code -> !code.equals("1"))
                .findFirst()
                .map(code -> code.equals("a") ? " years" : " " + code)
                .orElse("");
        return feature.number().map(number -> "%s %s%s".formatted(words(input.name()), shown(number), unit));
    }

    private static String shown(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** "systolicPressure" as people write it. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** Its reasons are part of what it says. */
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
        // Nothing is held.
    }
}
