package org.auspex.language.draft;

import java.util.List;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Piece;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.filing.Filed;

/**
 * The note that a summary is of.
 *
 * @param filed where it belongs
 * @param basis what of the record the summary rests on
 */
record Source(Filed filed, DocumentText text, List<Piece> basis) {

    Source {
        basis = List.copyOf(basis);
    }

    List<String> references() {
        return basis.stream().map(Piece::reference).toList();
    }

    /** Changes when anything changes that the summary rests on. */
    String fingerprint() {
        return text.sha256() + "\n" + basis.stream().map(Piece::fingerprint).collect(Collectors.joining("\n"));
    }
}
