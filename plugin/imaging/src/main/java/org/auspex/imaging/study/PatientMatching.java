package org.auspex.imaging.study;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auspex.kernel.StudyRecord;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * Finds the Patient that objects name, by the identifier and by nothing else. A Patient who has the identifier, but another
 * date of birth or another sex, is not the one.
 */
final class PatientMatching {

    private final StudyRecord record;
    private final PatientSystems systems;

    PatientMatching(StudyRecord record, PatientSystems systems) {
        this.record = record;
        this.systems = systems;
    }

    /**
     * @param named by all objects of a study
     */
    Match match(Set<NamedPatient> named) {
        if (named.stream().map(one -> one.id() + "|" + one.issuer()).distinct().count() != 1) {
            return none("The objects of the study do not agree whose they are: they name %d patients"
                    .formatted(named.size()));
        }
        var first = named.iterator().next();
        if (first.id().isEmpty()) {
            return none(
                    "The objects have no Patient ID (0010,0020); correct them at the modality or archive, and send them again");
        }
        var system = systems.of(first.issuer());
        if (system.isEmpty()) {
            return none(
                    first.issuer().isEmpty()
                            ? "The objects name no Issuer of Patient ID (0010,0021); set auspex.dicom.patient-system"
                            : "No identifier system is known for Issuer of Patient ID '%s'; set auspex.dicom.patient-systems"
                                    .formatted(first.issuer()));
        }
        var identifier =
                new Identifier().setSystem(system.get()).setValue(first.id().get());
        return match(named, identifier);
    }

    private static Match none(String reason) {
        return new Match.None(Optional.empty(), reason);
    }

    private Match match(Set<NamedPatient> named, Identifier identifier) {
        var patients = record.patients(identifier).stream()
                .filter(patient -> !patient.hasActive() || patient.getActive())
                .toList();
        if (patients.size() != 1) {
            return new Match.None(
                    Optional.of(identifier),
                    patients.isEmpty()
                            ? "No active Patient has the identifier that the objects name"
                            : "%d active Patients have the identifier that the objects name"
                                    .formatted(patients.size()));
        }
        var patient = patients.get(0);
        var reference = "Patient/" + patient.getIdElement().getIdPart();
        return contradictions(named, patient).stream()
                .findFirst()
                .<Match>map(what -> new Match.None(
                        Optional.of(identifier),
                        "%s has the identifier that the objects name, but another %s; correct whichever is wrong"
                                .formatted(reference, what)))
                .orElseGet(() -> new Match.One(reference));
    }

    private static List<String> contradictions(Set<NamedPatient> named, Patient patient) {
        return named.stream()
                .flatMap(one -> java.util.stream.Stream.concat(
                        one.birthDate().filter(date -> isOther(date, patient)).map(date -> "date of birth").stream(),
                        one.sex().filter(sex -> isOtherSex(sex, patient)).map(sex -> "sex").stream()))
                .distinct()
                .toList();
    }

    /** As far as both say: the record may know the year only. */
    private static boolean isOther(String date, Patient patient) {
        var known = patient.hasBirthDate()
                ? patient.getBirthDateElement().getValueAsString().replace("-", "")
                : "";
        return !date.startsWith(known) && !known.startsWith(date);
    }

    private static boolean isOtherSex(String sex, Patient patient) {
        return (sex.equals("M") && patient.getGender() == AdministrativeGender.FEMALE)
                || (sex.equals("F") && patient.getGender() == AdministrativeGender.MALE);
    }
}
