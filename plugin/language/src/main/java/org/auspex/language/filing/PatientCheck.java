package org.auspex.language.filing;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/** Whether a note is about the patient that it is filed under, as far as its header tells. No word of it is in a message. */
public final class PatientCheck {

    /** In China a child may be counted as one year old at birth, and one year older at each new year. */
    private static final int YEARS_OF_DOUBT = 2;

    private PatientCheck() {}

    /**
     * What deserves a look, and yet is no reason to refuse; none if all that can be compared agrees.
     *
     * @throws DocumentRefused if the header names another name, sex, birth date or age
     */
    public static List<String> of(Filed filed, String text) {
        var header = NoteHeader.of(text);
        var against = new ArrayList<String>();
        if (differ(header.sex(), sex(filed.patient()))) {
            against.add("sex");
        }
        if (differ(header.birthDate(), birthDate(filed.patient()))) {
            against.add("birth date");
        }
        if (isOtherAge(header, filed)) {
            against.add("age");
        }
        if (header.name().filter(name -> !new Names(filed.patient()).fit(name)).isPresent()) {
            against.add("name");
        }
        if (!against.isEmpty()) {
            throw new DocumentRefused(
                    Reason.ANOTHER_PATIENT,
                    "The header of %s gives another %s than %s has. File the note under its patient, or correct which is wrong"
                            .formatted(filed.reference(), String.join(", ", against), filed.patientReference()));
        }
        return header.number().filter(number -> isUnknown(number, filed.patient())).stream()
                .map(number ->
                        "The header of %s gives a number that is no identifier of %s; see whether it is about the same patient"
                                .formatted(filed.reference(), filed.patientReference()))
                .toList();
    }

    private static <T> boolean differ(Optional<T> one, Optional<T> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static Optional<AdministrativeGender> sex(Patient patient) {
        return Optional.ofNullable(patient.getGender())
                .filter(sex -> sex == AdministrativeGender.MALE || sex == AdministrativeGender.FEMALE);
    }

    /** Only a whole date can be compared with one. */
    private static Optional<LocalDate> birthDate(Patient patient) {
        return Optional.ofNullable(patient.getBirthDateElement().getValueAsString())
                .filter(text -> text.length() == "2000-01-01".length())
                .map(LocalDate::parse);
    }

    private static boolean isOtherAge(NoteHeader header, Filed filed) {
        var born = birthDate(filed.patient());
        var seen = filed.admission()
                .map(admission -> LocalDate.ofInstant(admission.getValue().toInstant(), ZoneId.systemDefault()));
        return header.age().isPresent()
                && born.isPresent()
                && seen.isPresent()
                && Math.abs(Period.between(born.get(), seen.get()).getYears()
                                - header.age().get())
                        > YEARS_OF_DOUBT;
    }

    private static boolean isUnknown(String number, Patient patient) {
        return patient.hasIdentifier()
                && patient.getIdentifier().stream()
                        .map(Identifier::getValue)
                        .noneMatch(value -> number.equalsIgnoreCase(value));
    }
}
