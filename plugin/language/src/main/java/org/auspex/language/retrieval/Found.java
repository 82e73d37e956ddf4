package org.auspex.language.retrieval;

/**
 * A passage that has words of a question.
 *
 * @param score BM25, for the order among passages of one question
 * @param coverage the share of the question's terms that the passage, its heading or its title has, each weighted by how rare it is; 0 to 1. A term that no
 *     document has counts most
 */
public record Found(KnowledgePassage passage, double score, double coverage) {}
