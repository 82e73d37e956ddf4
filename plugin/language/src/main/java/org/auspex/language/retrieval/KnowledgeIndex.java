package org.auspex.language.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.auspex.kernel.inference.InferenceFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An index of passages in memory. Thread-safe; a search sees the documents as they were at the last {@link #show}. */
public final class KnowledgeIndex implements AutoCloseable {

    private static final float CONTEXT_COUNTS = 0.6f;

    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeIndex.class);

    private final Analysis analysis;
    private final Optional<Embedder> embedder;
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private final SearcherManager searchers;

    public KnowledgeIndex(Analysis analysis) {
        this(analysis, Optional.empty());
    }

    /** @param embedder the same for all that is put and searched */
    public KnowledgeIndex(Analysis analysis, Optional<Embedder> embedder) {
        this.analysis = analysis;
        this.embedder = embedder;
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
        var made = passages.stream().map(PassageDocument::of).toList();
        embedder.ifPresent(known -> embed(known, passages, made));
        try {
            writer.updateDocuments(new Term(PassageDocument.DOCUMENT, document), made);
        } catch (IOException e) {
            throw new UncheckedIOException("The passages of %s cannot be indexed".formatted(document), e);
        }
    }

    private static void embed(Embedder embedder, List<KnowledgePassage> passages, List<Document> made) {
        var vectors =
                embedder.vectors(passages.stream().map(KnowledgePassage::whole).toList());
        for (int i = 0; i < made.size(); i++) {
            made.get(i)
                    .add(new KnnFloatVectorField(
                            PassageDocument.VECTOR, vectors.get(i), VectorSimilarityFunction.DOT_PRODUCT));
        }
    }

    public void remove(String document) {
        try {
            writer.deleteDocuments(new Term(PassageDocument.DOCUMENT, document));
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
     * The passages that share most with a question, or are nearest to it, best first.
     *
     * @param chinese which language they are to be in
     * @param most that are looked for by words, and as many by vectors
     */
    public List<Found> search(String question, boolean chinese, int most) {
        var terms = analysis.terms(question);
        if (terms.isEmpty()) {
            return List.of();
        }
        var vector = embedder.flatMap(known -> vector(known, question));
        try {
            var searcher = searchers.acquire();
            try {
                return found(searcher, hits(searcher, terms, vector, chinese, most), terms);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot be read", e);
        }
    }

    /** Nobody's answer waits until a network is back: then words alone find it. */
    private static Optional<float[]> vector(Embedder embedder, String question) {
        try {
            return Optional.of(embedder.vectors(List.of(question)).get(0));
        } catch (InferenceFailed e) {
            LOG.warn("A question is answered by its words alone: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static List<Hits.Hit> hits(
            IndexSearcher searcher, Set<String> terms, Optional<float[]> vector, boolean chinese, int most)
            throws IOException {
        var filter = new TermQuery(new Term(PassageDocument.LANGUAGE, PassageDocument.language(chinese)));
        var worded = searcher.search(query(terms, filter), most).scoreDocs;
        if (vector.isEmpty()) {
            return Hits.of(worded);
        }
        var near = new KnnFloatVectorQuery(PassageDocument.VECTOR, vector.get(), most, filter);
        return Hits.of(worded, searcher.search(near, most).scoreDocs);
    }

    private List<Found> found(IndexSearcher searcher, List<Hits.Hit> hits, Set<String> terms) throws IOException {
        var weights = weights(searcher.getIndexReader(), terms);
        var stored = searcher.storedFields();
        var found = new ArrayList<Found>();
        for (var hit : hits) {
            var passage = PassageDocument.passage(stored.document(hit.document()));
            found.add(new Found(
                    passage, hit.score(), share(passage.whole(), weights), share(passage.context(), weights)));
        }
        return List.copyOf(found);
    }

    private static Query query(Set<String> terms, Query filter) {
        var query = new BooleanQuery.Builder();
        for (var term : terms) {
            query.add(new TermQuery(new Term(PassageDocument.TEXT, term)), BooleanClause.Occur.SHOULD);
            query.add(
                    new BoostQuery(new TermQuery(new Term(PassageDocument.CONTEXT, term)), CONTEXT_COUNTS),
                    BooleanClause.Occur.SHOULD);
        }
        query.setMinimumNumberShouldMatch(1);
        return query.add(filter, BooleanClause.Occur.FILTER).build();
    }

    /** Inverse document frequency, as BM25 has it. */
    private static Map<String, Double> weights(IndexReader reader, Set<String> terms) throws IOException {
        var weights = new HashMap<String, Double>();
        for (var term : terms) {
            var having = reader.docFreq(new Term(PassageDocument.ALL, term));
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
