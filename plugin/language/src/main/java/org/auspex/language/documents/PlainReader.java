package org.auspex.language.documents;

import java.util.List;
import java.util.Optional;

/** Plain text stays as it is, line ends and all, so that offsets are those of the attachment. */
final class PlainReader implements Reader {

    private final Limits limits;

    PlainReader(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Extract read(byte[] bytes, Optional<String> charset) {
        var text = Characters.decode(bytes, charset);
        limits.checkCharacters(text.length());
        return new Extract(text, List.of(), List.of());
    }
}
