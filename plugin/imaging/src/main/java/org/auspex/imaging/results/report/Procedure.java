package org.auspex.imaging.results.report;

import java.util.Map;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.results.Code;

/** What procedure a study is about: as the source says, otherwise by its modality. */
final class Procedure {

    private static final Code IMAGING = Code.sct("363679005", "Imaging procedure");

    private static final Map<String, Code> BY_MODALITY = Map.of(
            "US", Code.sct("16310003", "Diagnostic ultrasonography"),
            "CT", Code.sct("77477000", "Computerized axial tomography"),
            "MR", Code.sct("113091000", "Magnetic resonance imaging"),
            "MG", Code.sct("71651007", "Mammography"));

    private Procedure() {}

    static Code of(Dataset source) {
        return source.item(Tags.PROCEDURE_CODE_SEQUENCE)
                .flatMap(Code::read)
                .or(() -> source.string(Tags.MODALITY).map(BY_MODALITY::get))
                .orElse(IMAGING);
    }
}
