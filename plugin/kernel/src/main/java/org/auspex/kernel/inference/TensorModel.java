package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;

/** A network as its tensors: what research code calls through {@code /v2}, and what a ward's predictions run through. */
public final class TensorModel {

    private final String name;
    private final Signature signature;
    private final Batcher batcher;

    TensorModel(String name, Signature signature, Batcher batcher) {
        this.name = name;
        this.signature = signature;
        this.batcher = batcher;
    }

    public Signature signature() {
        return signature;
    }

    public Statistics statistics() {
        return batcher.statistics();
    }

    /** Why it does not serve at present; empty while it does. */
    public Optional<String> problem() {
        return batcher.problem();
    }

    /** Rows that one call may have, if calls can be joined. */
    public int maxRows() {
        return batcher.maxRows();
    }

    /**
     * Computes.
     *
     * @param given in any order, by the names of the signature
     * @param timeout how long it may take, waiting included; empty = as the card says
     * @return in the signature's order and by its names
     * @throws TensorRefused if these are not the tensors it takes
     * @throws InferenceFailed if there is no answer, and why
     */
    public List<Tensor> infer(List<Tensor> given, Priority priority, Optional<Duration> timeout) {
        var inputs = ordered(given);
        return named(timeout.map(limit -> batcher.run(inputs, priority, limit))
                .orElseGet(() -> batcher.run(inputs, priority)));
    }

    /** The same for tensors known to be right. */
    List<Tensor> run(List<Tensor> inputs, Priority priority) {
        return batcher.run(inputs, priority);
    }

    void close() {
        batcher.close();
    }

    private List<Tensor> ordered(List<Tensor> given) {
        var problems = new ArrayList<String>();
        var byName = given.stream().collect(Collectors.toMap(Tensor::name, Function.identity(), (first, second) -> {
            problems.add("'%s' is given twice".formatted(first.name()));
            return first;
        }));
        var ordered = new ArrayList<Tensor>();
        for (var wanted : signature.inputs()) {
            var found = Optional.ofNullable(byName.get(wanted.name()));
            found.ifPresentOrElse(
                    tensor -> {
                        ordered.add(tensor);
                        problem(wanted, tensor).ifPresent(problems::add);
                    },
                    () -> problems.add("'%s' is missing".formatted(wanted.name())));
        }
        byName.keySet().stream()
                .filter(sent -> signature.inputs().stream()
                        .noneMatch(wanted -> wanted.name().equals(sent)))
                .forEach(sent -> problems.add("'%s' is unknown".formatted(sent)));
        if (problems.isEmpty()) {
            rows(ordered).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new TensorRefused("%s takes %s; %s"
                    .formatted(
                            name,
                            signature.inputs().stream().map(TensorModel::shown).collect(Collectors.joining(", ")),
                            String.join("; ", problems)));
        }
        return ordered;
    }

    private static Optional<String> problem(TensorSpec wanted, Tensor tensor) {
        return tensor.datatype() == wanted.datatype() && wanted.fits(tensor.shape())
                ? Optional.empty()
                : Optional.of("'%s' is %s %s".formatted(tensor.name(), tensor.datatype(), tensor.shape()));
    }

    private static String shown(TensorSpec spec) {
        return "'%s' %s %s".formatted(spec.name(), spec.datatype(), spec.shape());
    }

    private Optional<String> rows(List<Tensor> tensors) {
        if (!signature.isBatched()) {
            return Optional.empty();
        }
        var rows = new HashSet<Long>();
        tensors.forEach(tensor -> rows.add(tensor.rows()));
        if (rows.size() > 1) {
            return Optional.of("their first dimensions differ: " + rows);
        }
        var count = rows.iterator().next();
        return count >= 1 && count <= maxRows()
                ? Optional.empty()
                : Optional.of("the first dimension is %d, not from 1 to %d".formatted(count, maxRows()));
    }

    /** By name where the network names what it gives, else by order. */
    private List<Tensor> named(List<Tensor> answer) {
        var wanted = signature.outputs();
        var byName = answer.stream().collect(Collectors.toMap(Tensor::name, Function.identity(), (one, other) -> one));
        if (wanted.stream().allMatch(spec -> byName.containsKey(spec.name()))) {
            return wanted.stream()
                    .map(spec -> checked(spec, byName.getOrDefault(spec.name(), answer.get(0))))
                    .toList();
        }
        if (answer.size() != wanted.size()) {
            throw fault("%d tensors (%s), the card names %d".formatted(answer.size(), byName.keySet(), wanted.size()));
        }
        var named = new ArrayList<Tensor>();
        for (int i = 0; i < wanted.size(); i++) {
            named.add(checked(wanted.get(i), answer.get(i)));
        }
        return named;
    }

    private Tensor checked(TensorSpec spec, Tensor tensor) {
        if (tensor.datatype() != spec.datatype() || !spec.fits(tensor.shape())) {
            throw fault("%s %s for %s".formatted(tensor.datatype(), tensor.shape(), shown(spec)));
        }
        return new Tensor(spec.name(), tensor.datatype(), tensor.shape(), tensor.data());
    }

    private InferenceFailed fault(String what) {
        return new InferenceFailed(InferenceFailed.Kind.FAULT, "%s answered %s".formatted(name, what));
    }
}
