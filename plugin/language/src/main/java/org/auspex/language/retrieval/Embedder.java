package org.auspex.language.retrieval;

import java.util.List;

/** Tells what texts are about as vectors, by which passages are put in order beside their words. */
@FunctionalInterface
public interface Embedder {

    /** Vectors of length 1, one for each text, all of the same size. */
    List<float[]> vectors(List<String> texts);
}
