package org.auspex.imaging.archive;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;

/** Attribute matching (DICOM PS3.4, C.2.2.2): universal, single value, list of UIDs, wildcard, range. */
final class Matching {

    private Matching() {}

    static boolean matches(Map<Integer, String> wanted, Dataset header) {
        return wanted.entrySet().stream().allMatch(one -> matches(one.getKey(), one.getValue(), header));
    }

    /** What has several values matches if one of them does; nothing but universal matching finds what has none. */
    private static boolean matches(int tag, String wanted, Dataset header) {
        if (wanted.isEmpty() || wanted.equals("*")) {
            return true;
        }
        var vr = header.get(tag).map(Dataset.Element::vr).orElse(Vr.UN);
        return header.strings(tag).stream().anyMatch(value -> matches(wanted, value, vr));
    }

    private static boolean matches(String wanted, String value, Vr vr) {
        return switch (vr) {
            case UI -> List.of(wanted.split("[,\\\\]", -1)).contains(value);
            case DA, TM, DT -> isWithin(wanted, value);
            case PN -> like(wanted, value, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            case IS, DS -> like(wanted.strip(), value.strip(), 0);
            default -> like(wanted, value, 0);
        };
    }

    /** Dates and times sort as text, as far as both say; {@code 10-} is open to the right. */
    private static boolean isWithin(String wanted, String value) {
        var hyphen = wanted.indexOf('-');
        if (hyphen < 0) {
            return value.startsWith(wanted);
        }
        var from = wanted.substring(0, hyphen);
        var until = wanted.substring(hyphen + 1);
        return value.compareTo(from) >= 0
                && (until.isEmpty() || value.compareTo(until) <= 0 || value.startsWith(until));
    }

    private static boolean like(String wanted, String value, int flags) {
        var pattern = wanted.chars()
                .mapToObj(character -> switch (character) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(character));
                })
                .collect(Collectors.joining());
        return Pattern.compile(pattern, flags | Pattern.DOTALL).matcher(value).matches();
    }

    /** What only becomes known when the parts of a study or series have been looked at. */
    static boolean isCounted(int tag) {
        return tag == Tags.MODALITIES_IN_STUDY
                || tag == Tags.NUMBER_OF_STUDY_RELATED_SERIES
                || tag == Tags.NUMBER_OF_STUDY_RELATED_INSTANCES
                || tag == Tags.NUMBER_OF_SERIES_RELATED_INSTANCES;
    }
}
