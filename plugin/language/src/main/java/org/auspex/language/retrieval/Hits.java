package org.auspex.language.retrieval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.ScoreDoc;

/** What searches by words and by vectors found, in one order. */
final class Hits {

    /** The constant of reciprocal rank fusion. */
    private static final double SMOOTH = 60;

    /** @param document its number in the index */
    record Hit(int document, double score) {}

    private Hits() {}

    /** By words alone, with their scores. */
    static List<Hit> of(ScoreDoc[] worded) {
        return Arrays.stream(worded).map(hit -> new Hit(hit.doc, hit.score)).toList();
    }

    /** By words and by vectors, each best first. */
    static List<Hit> of(ScoreDoc[] worded, ScoreDoc[] nearest) {
        var scores = new HashMap<Integer, Double>();
        place(worded, scores);
        place(nearest, scores);
        return scores.entrySet().stream()
                .map(score -> new Hit(score.getKey(), score.getValue()))
                .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::document))
                .toList();
    }

    private static void place(ScoreDoc[] found, Map<Integer, Double> scores) {
        for (int i = 0; i < found.length; i++) {
            scores.merge(found[i].doc, 1 / (SMOOTH + i + 1), Double::sum);
        }
    }
}
