package org.auspex.imaging.study;

import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/**
 * Whom an object names. No name is among it: patients are never matched by that.
 *
 * @param id Patient ID
 * @param issuer Issuer of Patient ID; empty where the sender leaves it out
 * @param birthDate {@code yyyyMMdd}
 * @param sex {@code M}, {@code F} or {@code O}
 */
record NamedPatient(Optional<String> id, String issuer, Optional<String> birthDate, Optional<String> sex) {

    static NamedPatient of(Dataset header) {
        return new NamedPatient(
                header.string(Tags.PATIENT_ID).map(String::strip).filter(text -> !text.isEmpty()),
                header.string(Tags.ISSUER_OF_PATIENT_ID).map(String::strip).orElse(""),
                header.string(Tags.PATIENT_BIRTH_DATE).map(String::strip),
                header.string(Tags.PATIENT_SEX).map(String::strip));
    }
}
