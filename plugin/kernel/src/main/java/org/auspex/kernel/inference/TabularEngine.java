package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.kernel.outcome.Output;

/**
 * A network over a card's inputs: {@code forward(values [N, inputs] float32, known [N, inputs] float32)} to
 * probabilities [N, 1]. Where {@code known} is 0 the input is missing and {@code values} is 0. A network that was trained on a
 * table elsewhere takes the values alone, under another name, and gives a probability for each class.
 */
final class TabularEngine implements Engine {

    private final String name;
    private final Output output;
    private final TensorModel network;
    private final Optional<EngineSpec.Table> table;

    TabularEngine(ModelCard card, TensorModel network) {
        this.name = card.id().toString();
        this.output = card.output();
        this.network = network;
        this.table = card.engine().table();
    }

    /** The tensors of such a network. */
    static Signature signature(ModelCard card) {
        var columns = (long) card.requirements().inputs().size();
        var row = List.of(TensorSpec.ANY, columns);
        var table = card.engine().table();
        if (table.isPresent()) {
            return new Signature(
                    List.of(new TensorSpec(table.get().input(), Datatype.FP32, row)),
                    List.of(new TensorSpec(
                            table.get().output(), Datatype.FP32, List.of(TensorSpec.ANY, TensorSpec.ANY))));
        }
        return new Signature(
                List.of(new TensorSpec("values", Datatype.FP32, row), new TensorSpec("known", Datatype.FP32, row)),
                List.of(new TensorSpec("probability", Datatype.FP32, List.of(TensorSpec.ANY, 1L))));
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        return probabilities(batch, priority).stream().map(this::risk).toList();
    }

    /** Occlusion: the result with all inputs less the result with this one missing, in percentage points. */
    @Override
    public List<Contribution> explain(Features features) {
        var inputs = List.copyOf(features.byInput().keySet());
        var batch = Stream.concat(Stream.of(features), inputs.stream().map(features::without))
                .toList();
        var probabilities = probabilities(batch, Priority.URGENT);
        var contributions = new ArrayList<Contribution>();
        for (int i = 0; i < inputs.size(); i++) {
            contributions.add(new Contribution(
                    inputs.get(i),
                    100 * (probabilities.get(0) - probabilities.get(i + 1)),
                    Contribution.Scale.PERCENTAGE_POINTS));
        }
        return contributions;
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.of(network);
    }

    @Override
    public void close() {
        network.close();
    }

    private Outcome risk(double probability) {
        return new Outcome.Risk(
                List.of(new Outcome.Chance(output, probability, output.band(100 * probability, 0, formula -> false))));
    }

    private List<Double> probabilities(List<Features> batch, Priority priority) {
        var all = new ArrayList<Double>(batch.size());
        for (int from = 0; from < batch.size(); from += network.maxRows()) {
            var rows = batch.subList(from, Math.min(batch.size(), from + network.maxRows()));
            all.addAll(
                    table.isPresent()
                            ? ofClass(table.get(), rows, priority)
                            : checked(network.run(tensors(rows), priority), rows.size()));
        }
        return all;
    }

    private static List<Tensor> tensors(List<Features> rows) {
        var columns = rows.get(0).byInput().size();
        var values = new float[rows.size() * columns];
        var known = new float[rows.size() * columns];
        int at = 0;
        for (var features : rows) {
            for (var feature : features.byInput().values()) {
                var number = feature.number();
                if (number.isPresent()) {
                    values[at] = number.get().floatValue();
                    known[at] = 1;
                }
                at++;
            }
        }
        return List.of(
                Tensor.of("values", values, rows.size(), columns), Tensor.of("known", known, rows.size(), columns));
    }

    private List<Double> ofClass(EngineSpec.Table wanted, List<Features> rows, Priority priority) {
        var values = tensors(rows).get(0);
        var input = new Tensor(wanted.input(), values.datatype(), values.shape(), values.data());
        var answer = network.infer(List.of(input), priority, Optional.empty()).get(0);
        var classes = Math.toIntExact(answer.shape().get(1));
        if (wanted.column() >= classes) {
            throw fault("%d classes for column %d".formatted(classes, wanted.column()));
        }
        var all = answer.values();
        var column = new float[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = (float) all[i * classes + wanted.column()];
        }
        return checked(List.of(Tensor.of(wanted.output(), column, column.length)), rows.size());
    }

    private List<Double> checked(List<Tensor> answer, int expected) {
        var datatype = answer.get(0).datatype();
        if (answer.size() != 1 || (datatype != Datatype.FP32 && datatype != Datatype.FP64)) {
            throw fault("%d tensors, the first of %s, instead of one of FP32".formatted(answer.size(), datatype));
        }
        var probabilities = new ArrayList<Double>(expected);
        for (var probability : answer.get(0).values()) {
            if (!(probability >= 0 && probability <= 1)) {
                throw fault("%s, which is no probability".formatted(probability));
            }
            probabilities.add(probability);
        }
        if (probabilities.size() != expected) {
            throw fault("%d numbers for %d subjects".formatted(probabilities.size(), expected));
        }
        return probabilities;
    }

    private InferenceFailed fault(String what) {
        return new InferenceFailed(InferenceFailed.Kind.FAULT, "%s answered %s".formatted(name, what));
    }
}
