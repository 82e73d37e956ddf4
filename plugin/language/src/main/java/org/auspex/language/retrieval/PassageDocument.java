package org.auspex.language.retrieval;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Span;

/** A passage as Lucene keeps it, and back. */
final class PassageDocument {

    static final String DOCUMENT = "document";
    static final String LANGUAGE = "language";
    static final String TEXT = "text";
    static final String CONTEXT = "context";
    static final String ALL = "all";
    static final String VECTOR = "vector";

    private PassageDocument() {}

    static Document of(KnowledgePassage passage) {
        var document = new Document();
        document.add(new StringField(DOCUMENT, passage.document(), Field.Store.YES));
        document.add(new StringField(LANGUAGE, language(passage.chinese()), Field.Store.YES));
        document.add(new TextField(TEXT, Folding.of(passage.text()), Field.Store.NO));
        document.add(new TextField(CONTEXT, Folding.of(passage.context()), Field.Store.NO));
        document.add(new TextField(ALL, Folding.of(passage.whole()), Field.Store.NO));
        document.add(new StoredField("words", passage.text()));
        document.add(new StoredField("title", passage.title()));
        document.add(new StoredField("section", passage.section()));
        document.add(new StoredField("start", passage.start()));
        document.add(new StoredField("sha256", passage.sha256()));
        document.add(new StoredField(
                "sentences",
                passage.sentences().stream()
                        .map(sentence -> sentence.start() + "-" + sentence.end())
                        .collect(Collectors.joining(" "))));
        return document;
    }

    static KnowledgePassage passage(Document document) {
        return new KnowledgePassage(
                document.get(DOCUMENT),
                document.get("title"),
                document.get("section"),
                document.get("words"),
                document.getField("start").numericValue().intValue(),
                Stream.of(document.get("sentences").split(" "))
                        .map(PassageDocument::span)
                        .toList(),
                document.get(LANGUAGE).equals(language(true)),
                document.get("sha256"));
    }

    private static Span span(String written) {
        var ends = written.split("-", 2);
        return new Span(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    static String language(boolean chinese) {
        return chinese ? "zh" : "en";
    }
}
