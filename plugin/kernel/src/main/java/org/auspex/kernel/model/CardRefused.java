package org.auspex.kernel.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A model folder that cannot serve, with everything that is wrong with it. */
public final class CardRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public CardRefused(Path folder, List<Problem> problems) {
        super("%s is refused: %s"
                .formatted(folder, problems.stream().map(Problem::toString).collect(Collectors.joining("; "))));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
