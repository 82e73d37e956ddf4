package org.auspex.language.documents;

/**
 * The attachment that a text was read from. A stored version never changes, so offsets into its text stay true.
 *
 * @param reference to the resource, with its version: {@code DocumentReference/12/_history/3}
 * @param attachment its place among the attachments of the resource, from 0
 */
public record DocumentVersion(String reference, int attachment) {

    @Override
    public String toString() {
        return reference + "#" + attachment;
    }
}
