package org.auspex.language.documents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.auspex.language.text.Span;

/**
 * The text of one version of a document. Offsets count its UTF-16 code units. Of a plain text these are the characters of
 * the attachment without a byte order mark; other formats become the same text each time, which {@link #sha256} proves.
 *
 * @param passages where parts of the text stand in the attachment, in order; none for plain text, which is its own place
 * @param unread what of the attachment is not in the text, one sentence each
 */
public record DocumentText(
        DocumentVersion version, Format format, String text, List<Passage> passages, List<String> unread) {

    public DocumentText {
        passages = List.copyOf(passages);
        unread = List.copyOf(unread);
    }

    public String quote(Span span) {
        return span.in(text);
    }

    /** Where the attachment says this. */
    public List<Place> places(Span span) {
        return passages.stream()
                .filter(passage -> passage.span().overlaps(span))
                .map(Passage::place)
                .toList();
    }

    /** Hash of the text in UTF-8, in hexadecimal digits. */
    public String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
