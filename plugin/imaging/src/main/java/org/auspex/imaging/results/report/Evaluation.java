package org.auspex.imaging.results.report;

import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.results.Code;

/**
 * What was found in words.
 *
 * @param concept what is described, such as the margin
 * @param word the word for it
 * @param code of the word, where a coding scheme has one
 */
public record Evaluation(Code concept, String word, Optional<Code> code) {

    Dataset item() {
        return code.map(value -> Content.code("CONTAINS", concept, value))
                .orElseGet(() -> Content.text("CONTAINS", concept, word));
    }
}
