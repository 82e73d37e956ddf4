package org.auspex.language.filing;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Section;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Sections;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/**
 * What the lines above a note's first section say of the patient, where they say it behind a label.
 *
 * @param name folded
 * @param age in years
 * @param number of the patient, in whichever system
 */
record NoteHeader(
        Optional<String> name,
        Optional<AdministrativeGender> sex,
        Optional<LocalDate> birthDate,
        Optional<Integer> age,
        Optional<String> number) {

    private static final int LONGEST = 1500;

    // All are matched with folded text: small letters, half-width signs, simplified characters.
    private static final Pattern CHINESE_NAME = Pattern.compile("(?:姓\\s*名|患者)\\s*:\\s*([\\p{IsHan}·*○×]{1,10})");
    private static final Pattern NAME = Pattern.compile(
            "(?m)^\\s*(?:patient(?:'s)?(?: name)?|name)\\s*:\\s*([\\p{L}.'-]+(?:,? [\\p{L}.'-]+){0,3}?)(?=\\s{2}|\\s+[\\p{L} ]{1,14}:|[\\t;|(]|,? *$)");
    private static final Pattern SEX =
            Pattern.compile("(?:性\\s*别|\\b(?:sex|gender))\\s*:\\s*(男|女|(?:male|female|m|f)\\b)");
    private static final Pattern BIRTH = Pattern.compile(
            "(?:出生日期|出生年月日?|\\b(?:dob|date of birth|birth ?date))\\s*:\\s*(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})");
    private static final Pattern AGE = Pattern.compile(
            "(?m)(?:年\\s*龄|\\bage)\\s*:\\s*(\\d{1,3})(?=\\s*岁|\\s*y|[,;\\s]|$)(?!\\s*(?:个?月|天|日|months|weeks|days))");
    private static final Pattern NUMBER = Pattern.compile(
            "(?:住院号|病案号|病历号|登记号|\\b(?:mrn|medical record (?:number|no\\.?)))\\s*:\\s*([a-z0-9][a-z0-9-]*)");

    static NoteHeader of(String text) {
        var end = new Sections()
                .of(text).stream()
                        .filter(section -> section.kind() != SectionKind.OTHER)
                        .mapToInt(NoteHeader::start)
                        .findFirst()
                        .orElse(LONGEST);
        var header = Folding.of(text.substring(0, Math.min(text.length(), Math.min(end, LONGEST))));
        return new NoteHeader(
                first(CHINESE_NAME, header).or(() -> first(NAME, header)).map(found -> found.group(1)),
                first(SEX, header).map(found -> sex(found.group(1))),
                first(BIRTH, header).flatMap(NoteHeader::date),
                first(AGE, header).map(found -> Integer.valueOf(found.group(1))),
                first(NUMBER, header).map(found -> found.group(1)));
    }

    private static int start(Section section) {
        return section.heading().start();
    }

    private static Optional<MatchResult> first(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        return matcher.find() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    private static AdministrativeGender sex(String word) {
        return word.equals("男") || word.startsWith("m") ? AdministrativeGender.MALE : AdministrativeGender.FEMALE;
    }

    /** Empty for a day that the calendar does not have: then nothing can be compared. */
    private static Optional<LocalDate> date(MatchResult found) {
        try {
            return Optional.of(LocalDate.of(number(found, 1), number(found, 2), number(found, 3)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }
}
