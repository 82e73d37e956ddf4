package org.auspex.language.retrieval;

/**
 * A passage that has words of a question, or is near to it.
 *
 * @param score for the order among passages of one question: BM25; with an embedder the sum over the orders by BM25 and by the cosine of 1/(60 + place) (reciprocal
 *     rank fusion, Cormack 2009)
 * @param coverage the share of the question's terms that the passage, its heading or its title has, each weighted by how rare it is; 0 to 1. A term that no
 *     document has counts most
 * @param about the same share of the title and the heading alone: whether the passage is about what is asked, or only mentions it
 */
public record Found(KnowledgePassage passage, double score, double coverage, double about) {}
