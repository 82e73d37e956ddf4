package org.auspex.kernel.findings;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.DateTimeType;

/** When what a document names was so: the time that its clause gives, else that of the document. */
final class NoteTime {

    private NoteTime() {}

    /**
     * As exactly as the document gives it: "three weeks ago" is a day, "two years ago" a year.
     *
     * @param time a date, whole or partial, or a length of time before the document ({@code -P3D}, {@code -PT6H})
     * @param written of the document; one of the two is there
     */
    static DateTimeType of(Optional<String> time, Optional<Instant> written) {
        if (time.isPresent() && !time.get().startsWith("-")) {
            return new DateTimeType(time.get());
        }
        var document = written.orElseThrow();
        return time.map(before -> before(before, document)).orElseGet(() -> Findings.time(document));
    }

    private static DateTimeType before(String length, Instant document) {
        if (length.startsWith("-PT")) {
            return Findings.time(document.plus(Duration.parse(length)));
        }
        var then = document.atZone(ZoneOffset.UTC).plus(Period.parse(length)).toInstant();
        return new DateTimeType(Date.from(then), precision(length), TimeZone.getTimeZone("UTC"));
    }

    private static TemporalPrecisionEnum precision(String length) {
        return switch (length.charAt(length.length() - 1)) {
            case 'Y' -> TemporalPrecisionEnum.YEAR;
            case 'M' -> TemporalPrecisionEnum.MONTH;
            default -> TemporalPrecisionEnum.DAY;
        };
    }
}
