package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.model.Datatype;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;
import org.auspex.kernel.outcome.Contribution;
import org.auspex.kernel.outcome.Outcome;

/**
 * A network over a card's inputs: {@code forward(values [N, inputs] float32, known [N, inputs] float32)} to
 * probabilities [N, 1] or [N, choices], or to survival curves [N, times]. Where {@code known} is 0 the input is missing and {@code values} is 0. A
 * network that was trained on a table elsewhere takes the values alone, under another name, and gives a probability for each class.
 */
final class TabularEngine implements Engine {

    private final String name;
    private final TabularAnswer answer;
    private final TensorModel network;
    private final Optional<EngineSpec.Table> table;

    TabularEngine(ModelCard card, TensorModel network) {
        this.name = card.id().toString();
        this.answer = TabularAnswer.of(card.output());
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
                List.of(TabularAnswer.of(card.output()).tensor()));
    }

    @Override
    public List<Outcome> infer(List<Features> batch, Priority priority) {
        try {
            return rows(batch, priority).stream().map(answer::outcome).toList();
        } catch (IllegalArgumentException e) {
            throw nonsense(e);
        }
    }

    /** Occlusion: the result with all inputs less the result with this one missing, in percentage points. */
    @Override
    public List<Contribution> explain(Features features) {
        var occlusion = Occlusion.ofAll(features);
        var outcomes = infer(occlusion.variants(), Priority.URGENT);
        return occlusion.contributions(variant -> outcomes.get(variant).value().orElseThrow());
    }

    @Override
    public Optional<TensorModel> tensors() {
        return Optional.of(network);
    }

    @Override
    public void close() {
        network.close();
    }

    /** The network's numbers for each of the features, in their order. */
    List<double[]> rows(List<Features> batch, Priority priority) {
        var all = new ArrayList<double[]>(batch.size());
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

    private List<double[]> ofClass(EngineSpec.Table wanted, List<Features> rows, Priority priority) {
        var values = tensors(rows).get(0);
        var input = new Tensor(wanted.input(), values.datatype(), values.shape(), values.data());
        var given = network.infer(List.of(input), priority, Optional.empty()).get(0);
        var classes = Math.toIntExact(given.shape().get(1));
        if (wanted.column() >= classes) {
            throw fault("%d classes for column %d".formatted(classes, wanted.column()));
        }
        var all = given.values();
        var column = new float[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = (float) all[i * classes + wanted.column()];
        }
        return checked(List.of(Tensor.of(wanted.output(), column, column.length)), rows.size());
    }

    private List<double[]> checked(List<Tensor> tensors, int expected) {
        var datatype = tensors.get(0).datatype();
        if (tensors.size() != 1 || (datatype != Datatype.FP32 && datatype != Datatype.FP64)) {
            throw fault("%d tensors, the first of %s, instead of one of FP32".formatted(tensors.size(), datatype));
        }
        var numbers = tensors.get(0).values();
        var width = answer.width();
        if (numbers.length != expected * width) {
            throw fault("%d numbers for %d subjects, each with %d".formatted(numbers.length, expected, width));
        }
        var rows = new ArrayList<double[]>(expected);
        for (int from = 0; from < numbers.length; from += width) {
            rows.add(Arrays.copyOfRange(numbers, from, from + width));
        }
        return rows;
    }

    /** What the network answered cannot be meant. */
    InferenceFailed nonsense(IllegalArgumentException why) {
        return fault("nonsense: " + why.getMessage());
    }

    private InferenceFailed fault(String what) {
        return new InferenceFailed(InferenceFailed.Kind.FAULT, "%s answered %s".formatted(name, what));
    }
}
