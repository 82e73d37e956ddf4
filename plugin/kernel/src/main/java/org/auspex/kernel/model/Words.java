package org.auspex.kernel.model;

import java.util.ArrayList;
import java.util.List;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Input;

/**
 * Words of a report as a network of images reads them: a number for each input, 0 = not said. The categories of the inputs are numbered
 * on from 1, so that each has a number of its own.
 *
 * @param tensor that takes them
 * @param inputs in the order of the tensor's numbers; what it has beyond them is 0
 */
public record Words(String tensor, List<Input> inputs) {

    public Words {
        inputs = List.copyOf(inputs);
    }

    /** The number of each input's category. */
    public List<Integer> numbers(Features features) {
        var numbers = new ArrayList<Integer>();
        var before = 0;
        for (var input : inputs) {
            numbers.add(features.get(input.name()) instanceof Feature.Categorical said ? before + said.index() + 1 : 0);
            before += input.categories().size();
        }
        return numbers;
    }
}
