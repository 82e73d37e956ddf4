package org.auspex.language.consult;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.auspex.language.retrieval.Analysis;
import org.auspex.language.retrieval.Found;
import org.auspex.language.retrieval.KnowledgeIndex;
import org.auspex.language.retrieval.KnowledgePassage;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Span;

/**
 * Finds the sentences of knowledge documents that answer a question, or none: a passage counts only if it has most of what the question asks about, weighted by how
 * rare the words are, and its title or heading some of it. Documents in another language than the answer's are not quoted.
 */
public final class KnowledgeSearch {

    /** The least share of a question's weighted terms; docs/operations/consult.md has the figures by which it was chosen. */
    public static final double COVERAGE = 0.9;

    /** The least share that title and heading have together. */
    public static final double ABOUT = 0.3;

    private static final int CANDIDATES = 50;
    private static final int PASSAGES = 2;
    private static final int SENTENCES = 3;

    private final KnowledgeIndex index;
    private final Analysis analysis;

    public KnowledgeSearch(KnowledgeIndex index, Analysis analysis) {
        this.index = index;
        this.analysis = analysis;
    }

    /** A sentence of a document. */
    public record Sentence(KnowledgePassage passage, Span span) {

        public String text() {
            return passage.quote(span);
        }

        Source source() {
            return new Source.Knowledge(passage.document(), passage.title(), passage.section(), span, passage.sha256());
        }
    }

    public List<Sentence> of(Question question) {
        var terms = analysis.terms(question.text());
        var sentences = new ArrayList<Sentence>();
        fitting(candidates(question), COVERAGE, ABOUT).forEach(found -> sentences.addAll(best(found.passage(), terms)));
        return List.copyOf(sentences);
    }

    /** Passages that share any words with the question. */
    List<Found> candidates(Question question) {
        return index.search(question.text(), question.tongue() != Tongue.EN, CANDIDATES);
    }

    /** Those that are quoted, best first. */
    static List<Found> fitting(List<Found> candidates, double coverage, double about) {
        return candidates.stream()
                .filter(found -> found.coverage() >= coverage && found.about() >= about)
                .sorted(Comparator.comparingDouble(KnowledgeSearch::worth).reversed())
                .limit(PASSAGES)
                .toList();
    }

    private static double worth(Found found) {
        return found.score() * found.coverage();
    }

    /** Those that share most words with the question, in their order; where none shares any, the first. */
    private List<Sentence> best(KnowledgePassage passage, Set<String> terms) {
        return passage.sentences().stream()
                .sorted(Comparator.comparingLong((Span sentence) -> -shared(passage.quote(sentence), terms)))
                .limit(SENTENCES)
                .sorted()
                .map(sentence -> new Sentence(passage, sentence))
                .toList();
    }

    private long shared(String sentence, Set<String> terms) {
        return analysis.terms(sentence).stream().filter(terms::contains).count();
    }
}
