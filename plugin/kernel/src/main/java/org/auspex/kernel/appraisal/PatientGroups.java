package org.auspex.kernel.appraisal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auspex.kernel.features.Category;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.features.Take;
import org.auspex.kernel.features.WhenMissing;
import org.auspex.kernel.features.Window;
import org.auspex.terminology.Code;

/** Ways of sorting patients. */
public enum PatientGroups {
    /** By the administrative gender. */
    SEX {
        @Override
        Input input() {
            return asked(
                    "gender",
                    Optional.empty(),
                    Stream.of("male", "female", "other", "unknown")
                            .map(PatientGroups::gender)
                            .toList());
        }

        @Override
        String group(Feature feature) {
            return feature instanceof Feature.Categorical category ? category.category() : NOT_KNOWN;
        }
    },

    /** By the age at the prediction. */
    AGE {
        @Override
        Input input() {
            return asked("age", Optional.of("a"), List.of());
        }

        @Override
        String group(Feature feature) {
            return feature.number().map(PatientGroups::band).orElse(NOT_KNOWN);
        }
    };

    private static final String NOT_KNOWN = "not known";
    private static final double MIDDLE = 40;
    private static final double OLDER = 65;
    private static final double OLD = 80;

    /** What has to be read of a patient. */
    abstract Input input();

    abstract String group(Feature feature);

    private static String band(double age) {
        if (age < MIDDLE) {
            return "under 40";
        }
        if (age < OLDER) {
            return "40 to under 65";
        }
        return age < OLD ? "65 to under 80" : "80 and over";
    }

    private static Category gender(String code) {
        return new Category(
                code,
                List.of(new Code("http://hl7.org/fhir/administrative-gender", code)),
                List.of(code),
                List.of(),
                Optional.empty());
    }

    Input asked(String value, Optional<String> unit, List<Category> categories) {
        var source = new Source(
                Criteria.parse("Patient"), value, unit, Optional.empty(), Optional.empty(), Optional.empty());
        return new Input(
                name(),
                List.of(source),
                Optional.empty(),
                new Window(Optional.empty(), Optional.empty()),
                Take.LATEST,
                new WhenMissing.Indicator(),
                false,
                false,
                categories,
                Optional.empty(),
                Optional.empty());
    }
}
