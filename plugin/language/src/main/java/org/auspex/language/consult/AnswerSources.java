package org.auspex.language.consult;

import java.util.List;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.prose.Prose;
import org.auspex.language.prose.Tally;
import org.auspex.language.retrieval.Analysis;

/** What answers are made of: a way into the record, one into the knowledge documents, and who tells quotations. */
public final class AnswerSources {

    private final RecordSearch record;
    private final KnowledgeSearch knowledge;
    private final Prose prose;
    private final Tally tally;

    /** @param vocabularies by which a question, an entry and a note name the same thing in different words */
    public AnswerSources(
            List<Vocabulary> vocabularies, Analysis analysis, KnowledgeSearch knowledge, Prose prose, Tally tally) {
        this.record = new RecordSearch(vocabularies, new Facts(vocabularies), analysis);
        this.knowledge = knowledge;
        this.prose = prose;
        this.tally = tally;
    }

    RecordSearch record() {
        return record;
    }

    KnowledgeSearch knowledge() {
        return knowledge;
    }

    Prose prose() {
        return prose;
    }

    Tally tally() {
        return tally;
    }
}
