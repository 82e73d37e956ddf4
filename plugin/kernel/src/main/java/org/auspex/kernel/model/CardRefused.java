package org.auspex.kernel.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A model folder that cannot serve, with everything that is wrong with it. */
public final class CardRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final transient List<Problem> problems;

    public CardRefused(Path folder, List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.folder = folder;
        this.problems = List.copyOf(problems);
    }

    public Path folder() {
        return folder;
    }

    public List<Problem> problems() {
        return problems;
    }
}
