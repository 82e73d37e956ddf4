package org.auspex.language.documents;

import org.auspex.language.documents.DocumentRefused.Reason;

/**
 * Gets the bytes of attachments that hold a url instead of data. Whoever implements it says which addresses may be asked:
 * {@code Binary} of the own server, or hosts on a list.
 */
@FunctionalInterface
public interface AttachmentBytes {

    /** For those who read inline attachments only. */
    AttachmentBytes INLINE_ONLY = (url, most) -> {
        throw new DocumentRefused(
                Reason.OUT_OF_REACH, "The attachment is at '%s', which is not fetched. Send it inline".formatted(url));
    };

    /**
     * @param url as the attachment names it
     * @param most bytes to fetch; of what is longer, none
     * @throws DocumentRefused if the address is not allowed, does not answer, or has more
     */
    byte[] at(String url, int most);
}
