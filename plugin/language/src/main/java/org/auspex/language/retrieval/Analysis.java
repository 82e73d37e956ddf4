package org.auspex.language.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Lines;

/**
 * Cuts text into the terms that are compared: Chinese by Lucene's dictionary, English by its edges and Porter's stemmer. Text is folded before, so that both
 * Chinese scripts are one. Words that ask or say nothing ({@code question-words.tsv}) are no terms. Thread-safe.
 */
public final class Analysis {

    private static final String FIELD = "text";

    private final Analyzer analyzer = new SmartChineseAnalyzer(stopWords());

    /** The distinct terms of a text, in its order. */
    public Set<String> terms(String text) {
        var terms = new LinkedHashSet<String>();
        try (var stream = analyzer.tokenStream(FIELD, Folding.of(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot be read", e);
        }
        return terms;
    }

    Analyzer analyzer() {
        return analyzer;
    }

    /** Words are compared with stems, so the list is stemmed too. */
    private static CharArraySet stopWords() {
        var words = new CharArraySet(SmartChineseAnalyzer.getDefaultStopSet(), false);
        var listed = Lines.of(Analysis.class, "question-words.tsv").stream()
                .map(columns -> columns[0])
                .collect(Collectors.joining(" "));
        try (var plain = new SmartChineseAnalyzer();
                var stream = plain.tokenStream(FIELD, Folding.of(listed))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot be read", e);
        }
        return words;
    }
}
