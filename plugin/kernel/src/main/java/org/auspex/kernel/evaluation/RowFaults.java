package org.auspex.kernel.evaluation;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is wrong with rows, told all at once. */
final class RowFaults {

    private static final int NAMED = 10;

    private RowFaults() {}

    /**
     * Refuses rows of which any has a fault.
     *
     * @param fault the fault of a row counted from 0; empty when it has none
     * @throws IllegalArgumentException naming the first ten faulty rows, counted from 1
     */
    static void refuse(int rows, IntFunction<Optional<String>> fault) {
        var faults = IntStream.range(0, rows)
                .boxed()
                .flatMap(row -> fault.apply(row).map(text -> "row %d: %s".formatted(row + 1, text)).stream())
                .toList();
        if (!faults.isEmpty()) {
            var more = faults.size() > NAMED ? "; and %d more".formatted(faults.size() - NAMED) : "";
            throw new IllegalArgumentException(
                    faults.stream().limit(NAMED).collect(Collectors.joining("; ", "Cannot evaluate: ", more)));
        }
    }

    /** Refuses lists that do not belong to the same rows. */
    static void refuseUnequal(String name, int length, String otherName, int otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException("Cannot evaluate: there are %d of '%s' but %d of '%s'; give one per row"
                    .formatted(length, name, otherLength, otherName));
        }
    }

    /** The fault of a number that no order can hold. */
    static Optional<String> notFinite(String name, double number) {
        return Double.isFinite(number)
                ? Optional.empty()
                : Optional.of("%s is a finite number, not %s".formatted(name, number));
    }
}
