package org.auspex.kernel.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;

/**
 * Age in completed years. A partial birthDate leaves it open; then {@code years} counts from the middle of what is
 * known, and {@code least} and {@code most} are what it could be.
 */
record Age(int years, int least, int most) {

    static Optional<Age> of(Patient patient, Instant asOf) {
        if (!patient.getBirthDateElement().hasValue()) {
            return Optional.empty();
        }
        var birth = patient.getBirthDateElement();
        var today = asOf.atZone(ZoneId.systemDefault()).toLocalDate();
        var earliest = earliest(birth);
        var latest = latest(birth, earliest);
        if (earliest.isAfter(today)) {
            return Optional.empty();
        }
        var middle = earliest.plusDays((latest.toEpochDay() - earliest.toEpochDay()) / 2);
        return Optional.of(new Age(years(middle, today), years(latest, today), years(earliest, today)));
    }

    boolean isOpen() {
        return least != most;
    }

    private static int years(LocalDate birth, LocalDate today) {
        return Math.max(0, Period.between(birth, today).getYears());
    }

    private static LocalDate earliest(DateType birth) {
        var text = birth.getValueAsString();
        return switch (birth.getPrecision()) {
            case YEAR -> LocalDate.of(Integer.parseInt(text), 1, 1);
            case MONTH -> LocalDate.parse(text + "-01");
            default -> LocalDate.parse(text.substring(0, 10));
        };
    }

    private static LocalDate latest(DateType birth, LocalDate earliest) {
        return switch (birth.getPrecision()) {
            case YEAR -> earliest.plusYears(1).minusDays(1);
            case MONTH -> earliest.plusMonths(1).minusDays(1);
            default -> earliest;
        };
    }
}
