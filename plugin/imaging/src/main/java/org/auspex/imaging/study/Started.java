package org.auspex.imaging.study;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.hl7.fhir.r4.model.DateTimeType;

/** When a study or series began, as far as its objects say. */
final class Started {

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String MIDNIGHT = "000000";

    private Started() {}

    /**
     * @param zone of times that say none, for DICOM's are local
     * @return empty if there is no date, or one that is none
     */
    static Optional<DateTimeType> of(Dataset header, int dateTag, int timeTag, ZoneId zone) {
        try {
            var date = header.string(dateTag).map(text -> LocalDate.parse(text.strip(), DATE));
            var time = header.string(timeTag).map(Started::time);
            return date.map(day -> time.isEmpty()
                    ? new DateTimeType(day.toString())
                    : new DateTimeType(OffsetDateTime.of(
                                    day,
                                    time.get(),
                                    offset(header).orElse(zone.getRules().getOffset(day.atTime(time.get()))))
                            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code HHmmss.ffffff}, of which everything behind the hour may be missing; parts of a second are left out. */
    private static LocalTime time(String text) {
        var digits = text.strip().split("\\.", -1)[0];
        var whole = digits + MIDNIGHT.substring(Math.min(digits.length(), MIDNIGHT.length()));
        return LocalTime.parse(whole, DateTimeFormatter.ofPattern("HHmmss"));
    }

    private static Optional<ZoneOffset> offset(Dataset header) {
        return header.string(Tags.TIMEZONE_OFFSET_FROM_UTC).map(String::strip).map(ZoneOffset::of);
    }
}
