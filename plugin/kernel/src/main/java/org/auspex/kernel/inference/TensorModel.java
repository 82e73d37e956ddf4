package org.auspex.kernel.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.kernel.model.Signature;
import org.auspex.kernel.model.TensorSpec;

/** A network as its tensors: what research code calls through {@code /v2}, and what a ward's predictions run through. */
public sealed class TensorModel permits ImageModel, TextModel {

    private final String name;
    private final Signature signature;
    private final Batcher batcher;

    TensorModel(String name, Signature signature, Batcher batcher) {
        this.name = name;
        this.signature = signature;
        this.batcher = batcher;
    }

    String name() {
        return name;
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

    /** In the order of the signature; what is right is given the short way, for every call comes through here. */
    private List<Tensor> ordered(List<Tensor> given) {
        var ordered = new ArrayList<Tensor>(given.size());
        for (var wanted : signature.inputs()) {
            for (var tensor : given) {
                if (tensor.name().equals(wanted.name())
                        && problem(wanted, tensor).isEmpty()) {
                    ordered.add(tensor);
                }
            }
        }
        if (ordered.size() != signature.inputs().size() || ordered.size() != given.size()) {
            throw refused(problems(given));
        }
        rows(ordered).ifPresent(why -> {
            throw refused(List.of(why));
        });
        return ordered;
    }

    private List<String> problems(List<Tensor> given) {
        var problems = new ArrayList<String>();
        for (var wanted : signature.inputs()) {
            var found = given.stream()
                    .filter(tensor -> tensor.name().equals(wanted.name()))
                    .toList();
            if (found.isEmpty()) {
                problems.add("'%s' is missing".formatted(wanted.name()));
            } else if (found.size() > 1) {
                problems.add("'%s' is given %d times".formatted(wanted.name(), found.size()));
            } else {
                problem(wanted, found.get(0)).ifPresent(problems::add);
            }
        }
        given.stream()
                .map(Tensor::name)
                .filter(sent -> signature.inputs().stream()
                        .noneMatch(wanted -> wanted.name().equals(sent)))
                .forEach(sent -> problems.add("'%s' is unknown".formatted(sent)));
        return problems;
    }

    private TensorRefused refused(List<String> problems) {
        return new TensorRefused("%s takes %s; %s"
                .formatted(
                        name,
                        signature.inputs().stream().map(TensorModel::shown).collect(Collectors.joining(", ")),
                        String.join("; ", problems)));
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
        var rows = tensors.get(0).rows();
        for (var tensor : tensors) {
            if (tensor.rows() != rows) {
                return Optional.of("the first dimensions of '%s' and '%s' differ"
                        .formatted(tensors.get(0).name(), tensor.name()));
            }
        }
        return rows >= 1 && rows <= maxRows()
                ? Optional.empty()
                : Optional.of("the first dimension is %d, not from 1 to %d".formatted(rows, maxRows()));
    }

    /** By name where the network names what it gives, else by order. */
    private List<Tensor> named(List<Tensor> answer) {
        var wanted = signature.outputs();
        var byName = new ArrayList<Tensor>(wanted.size());
        for (var spec : wanted) {
            for (var tensor : answer) {
                if (tensor.name().equals(spec.name())) {
                    byName.add(checked(spec, tensor));
                }
            }
        }
        if (byName.size() == wanted.size()) {
            return byName;
        }
        if (answer.size() != wanted.size()) {
            throw fault("%d tensors (%s), the card names %d"
                    .formatted(answer.size(), answer.stream().map(Tensor::name).toList(), wanted.size()));
        }
        var byOrder = new ArrayList<Tensor>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            byOrder.add(checked(wanted.get(i), answer.get(i)));
        }
        return byOrder;
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
