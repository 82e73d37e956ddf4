package org.auspex.imaging.study;

import org.auspex.imaging.dicom.Uid;
import org.auspex.kernel.images.ImageRefused;
import org.hl7.fhir.r4.model.ImagingStudy;

/** What a study is called in archives. */
public final class StudyUid {

    private static final String OID = "urn:oid:";

    private StudyUid() {}

    /** @throws ImageRefused if the ImagingStudy does not say */
    public static Uid of(ImagingStudy study) {
        return study.getIdentifier().stream()
                .filter(identifier -> "urn:dicom:uid".equals(identifier.getSystem()))
                .map(identifier -> identifier.getValue().replace(OID, ""))
                .findFirst()
                .map(Uid::new)
                .orElseThrow(() -> new ImageRefused(
                        "the ImagingStudy has no identifier of system urn:dicom:uid with its Study Instance UID"));
    }
}
