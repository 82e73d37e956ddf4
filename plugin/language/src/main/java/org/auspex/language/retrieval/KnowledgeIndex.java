package org.auspex.language.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Span;

/** An index of passages in memory. Thread-safe; a search sees the documents as they were at the last {@link #show}. */
public final class KnowledgeIndex implements AutoCloseable {

    private static final String DOCUMENT = "document";
    private static final String LANGUAGE = "language";
    private static final String TEXT = "text";
    private static final String CONTEXT = "context";
    private static final String ALL = "all";
    private static final float CONTEXT_COUNTS = 0.6f;

    private final Analysis analysis;
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private final SearcherManager searchers;

    public KnowledgeIndex(Analysis analysis) {
        this.analysis = analysis;
        try {
            this.writer = new IndexWriter(directory, new IndexWriterConfig(analysis.analyzer()));
            this.searchers = new SearcherManager(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot be made", e);
        }
    }

    /** Puts passages in the place of those that the document had. */
    public void put(String document, List<KnowledgePassage> passages) {
        if (passages.isEmpty()) {
            remove(document);
            return;
        }
        try {
            writer.updateDocuments(
                    new Term(DOCUMENT, document),
                    passages.stream().map(KnowledgeIndex::document).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The passages of %s cannot be indexed".formatted(document), e);
        }
    }

    public void remove(String document) {
        try {
            writer.deleteDocuments(new Term(DOCUMENT, document));
        } catch (IOException e) {
            throw new UncheckedIOException("The passages of %s cannot be removed".formatted(document), e);
        }
    }

    /** Lets searches see what was put and removed. */
    public void show() {
        try {
            writer.commit();
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot be read", e);
        }
    }

    /**
     * The passages that share most with a question, best first.
     *
     * @param chinese which language they are to be in
     * @param most of them
     */
    public List<Found> search(String question, boolean chinese, int most) {
        var terms = analysis.terms(question);
        if (terms.isEmpty()) {
            return List.of();
        }
        try {
            var searcher = searchers.acquire();
            try {
                return search(searcher, terms, chinese, most);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot be read", e);
        }
    }

    private List<Found> search(IndexSearcher searcher, Set<String> terms, boolean chinese, int most)
            throws IOException {
        var weights = weights(searcher.getIndexReader(), terms);
        var query = new BooleanQuery.Builder();
        for (var term : terms) {
            query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD);
            query.add(
                    new BoostQuery(new TermQuery(new Term(CONTEXT, term)), CONTEXT_COUNTS), BooleanClause.Occur.SHOULD);
        }
        query.setMinimumNumberShouldMatch(1);
        query.add(new TermQuery(new Term(LANGUAGE, language(chinese))), BooleanClause.Occur.FILTER);
        var found = new ArrayList<Found>();
        var stored = searcher.storedFields();
        for (ScoreDoc hit : searcher.search(query.build(), most).scoreDocs) {
            var passage = passage(stored, hit.doc);
            var context = passage.title() + "\n" + passage.section();
            found.add(new Found(
                    passage, hit.score, share(context + "\n" + passage.text(), weights), share(context, weights)));
        }
        return List.copyOf(found);
    }

    /** Inverse document frequency, as BM25 has it. */
    private static Map<String, Double> weights(IndexReader reader, Set<String> terms) throws IOException {
        var weights = new HashMap<String, Double>();
        for (var term : terms) {
            var having = reader.docFreq(new Term(ALL, term));
            weights.put(
                    term, Math.log(1 + (reader.numDocs() - Math.min(having, reader.numDocs()) + 0.5) / (having + 0.5)));
        }
        return weights;
    }

    /** The share of the weighted terms that some words have. */
    private double share(String words, Map<String, Double> weights) {
        var there = analysis.terms(words);
        var all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        var covered = weights.entrySet().stream()
                .filter(weight -> there.contains(weight.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return all == 0 ? 0 : covered / all;
    }

    private static Document document(KnowledgePassage passage) {
        var document = new Document();
        var context = String.join("\n", passage.title(), passage.section());
        document.add(new StringField(DOCUMENT, passage.document(), Field.Store.YES));
        document.add(new StringField(LANGUAGE, language(passage.chinese()), Field.Store.YES));
        document.add(new TextField(TEXT, Folding.of(passage.text()), Field.Store.NO));
        document.add(new TextField(CONTEXT, Folding.of(context), Field.Store.NO));
        document.add(new TextField(ALL, Folding.of(context + "\n" + passage.text()), Field.Store.NO));
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

    private static KnowledgePassage passage(StoredFields stored, int number) throws IOException {
        var document = stored.document(number);
        return new KnowledgePassage(
                document.get(DOCUMENT),
                document.get("title"),
                document.get("section"),
                document.get("words"),
                document.getField("start").numericValue().intValue(),
                Stream.of(document.get("sentences").split(" "))
                        .map(KnowledgeIndex::span)
                        .toList(),
                document.get(LANGUAGE).equals(language(true)),
                document.get("sha256"));
    }

    private static Span span(String written) {
        var ends = written.split("-", 2);
        return new Span(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    private static String language(boolean chinese) {
        return chinese ? "zh" : "en";
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot be closed", e);
        }
    }
}
