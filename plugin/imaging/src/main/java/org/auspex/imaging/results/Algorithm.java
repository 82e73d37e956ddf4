package org.auspex.imaging.results;

import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;

/**
 * The model that found it, as an algorithm and as a device that observes.
 *
 * @param name of the model, such as {@code breast-ultrasound}
 * @param version of the model
 * @param manufacturer who is responsible for the model
 * @param deviceUid names this version of this model, wherever it runs
 */
public record Algorithm(String name, String version, String manufacturer, String deviceUid) {

    private static final Code FAMILY = Code.dcm("123110", "Artificial Intelligence");

    /** The item of a Segmentation Algorithm Identification Sequence (PS3.3, table 10-19). */
    public Dataset item() {
        return new Dataset()
                .set(Tags.ALGORITHM_FAMILY_CODE_SEQUENCE, FAMILY.item())
                .set(Tags.ALGORITHM_NAME, Vr.LO, Words.within(64, name))
                .set(Tags.ALGORITHM_VERSION, Vr.LO, Words.within(64, version))
                .set(Tags.ALGORITHM_SOURCE, Vr.LO, Words.within(64, manufacturer));
    }
}
