package org.auspex.kernel.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A model folder that cannot serve, with everything that is wrong with it. */
public final class CardRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final transient List<Problem> problems;

    private final boolean forNow;

    public CardRefused(Path folder, List<Problem> problems) {
        this(folder, problems, false);
    }

    private CardRefused(Path folder, List<Problem> problems, boolean forNow) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.folder = folder;
        this.problems = List.copyOf(problems);
        this.forNow = forNow;
    }

    /** Because of something outside the folder that may change by itself, so that it is worth another try. */
    public static CardRefused forNow(Path folder, List<Problem> problems) {
        return new CardRefused(folder, problems, true);
    }

    public boolean isForNow() {
        return forNow;
    }

    public Path folder() {
        return folder;
    }

    public List<Problem> problems() {
        return problems;
    }
}
