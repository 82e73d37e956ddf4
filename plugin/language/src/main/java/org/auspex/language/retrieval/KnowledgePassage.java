package org.auspex.language.retrieval;

import java.util.List;
import org.auspex.language.text.Span;

/**
 * A few sentences that stand together in a knowledge document.
 *
 * @param document path below the knowledge folder, with {@code /}
 * @param title of the document
 * @param section the heading that it stands under; empty before the first
 * @param text of all its sentences, as the document has it
 * @param start offset of {@code text} in the text of the document, in UTF-16 code units
 * @param sentences spans in the text of the document
 * @param chinese whether it is written in Chinese
 * @param sha256 of the text of the document, in UTF-8
 */
public record KnowledgePassage(
        String document,
        String title,
        String section,
        String text,
        int start,
        List<Span> sentences,
        boolean chinese,
        String sha256) {

    public KnowledgePassage {
        sentences = List.copyOf(sentences);
    }

    /** What it stands under. */
    String context() {
        return title + "\n" + section;
    }

    /** With what it stands under. */
    String whole() {
        return context() + "\n" + text;
    }

    /** The words of one of its sentences. */
    public String quote(Span sentence) {
        return text.substring(sentence.start() - start, sentence.end() - start);
    }
}
