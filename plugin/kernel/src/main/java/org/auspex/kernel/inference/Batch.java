package org.auspex.kernel.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * Calls that are computed together.
 *
 * @param calls with tensors of the same names, types and shapes but for their rows
 */
record Batch(List<Call> calls) {

    static final Batch NONE = new Batch(List.of());

    boolean isEmpty() {
        return calls.isEmpty();
    }

    boolean isSingle() {
        return calls.size() == 1;
    }

    int rows() {
        int rows = 0;
        for (var call : calls) {
            rows += call.rows();
        }
        return rows;
    }

    /** The rows of all calls, one below the other. */
    List<Tensor> inputs() {
        var first = calls.get(0).inputs();
        if (isSingle()) {
            return first;
        }
        var inputs = new ArrayList<Tensor>(first.size());
        for (int i = 0; i < first.size(); i++) {
            var input = i;
            inputs.add(Tensor.joined(
                    calls.stream().map(call -> call.inputs().get(input)).toList()));
        }
        return inputs;
    }

    /**
     * The rows of each call, in the order of the calls.
     *
     * @param name of the network, for the message
     * @throws InferenceFailed if it did not answer as many rows as it was given
     */
    List<List<Tensor>> apart(List<Tensor> outputs, String name) {
        if (isSingle()) {
            return List.of(outputs);
        }
        var total = rows();
        for (var output : outputs) {
            if (output.rows() != total) {
                throw new InferenceFailed(
                        InferenceFailed.Kind.FAULT, "%s answered %d rows for %d".formatted(name, output.rows(), total));
            }
        }
        var apart = new ArrayList<List<Tensor>>(calls.size());
        int from = 0;
        for (var call : calls) {
            int first = from;
            int end = from + call.rows();
            apart.add(outputs.stream().map(output -> output.rows(first, end)).toList());
            from = end;
        }
        return apart;
    }

    /** Two batches of about the same number of calls; only of a batch of several. */
    List<Batch> halves() {
        var middle = calls.size() / 2;
        return List.of(new Batch(calls.subList(0, middle)), new Batch(calls.subList(middle, calls.size())));
    }
}
