package org.auspex.operations.adapt;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.inference.TrainingPlan;
import org.auspex.operations.Arguments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code $adapt}, checked.
 *
 * @param studies such as {@code ImagingStudy/1}, each once
 * @param unlabelled such studies that nobody marked, to learn from too
 * @param segmentations SOP Instance UIDs
 * @param segment label or number
 * @param version of the candidate; empty = the next
 * @param heldOut share of the patients, above 0 and at most a half
 */
record AdaptRequest(
        List<String> studies,
        List<String> unlabelled,
        Set<String> segmentations,
        Optional<String> segment,
        Optional<String> version,
        double heldOut,
        TrainingPlan plan) {

    private static final double USUAL = 0.2;
    private static final int MOST_STUDIES = 500;
    private static final int MOST_STEPS = 5000;

    /**
     * Reads the body of a request.
     *
     * @throws InvalidRequestException with everything that is wrong with it
     */
    static AdaptRequest parse(@Nullable IBaseResource body) {
        var names = Set.of("study", "unlabelled", "segmentation", "segment", "version", "heldOut", "steps");
        return Arguments.of(body, "$adapt", names).checked(given -> {
            var labelled = labelled(given);
            return new AdaptRequest(
                    labelled,
                    unlabelled(labelled, given),
                    segmentations(given),
                    given.text("segment"),
                    version(given),
                    share(given),
                    plan(given));
        });
    }

    private static List<String> unlabelled(List<String> labelled, Arguments given) {
        var studies = studies("unlabelled", given);
        if (studies.size() > MOST_STUDIES) {
            given.problem(
                    "%d studies are named as unlabelled; name at most %d".formatted(studies.size(), MOST_STUDIES));
        }
        labelled.stream()
                .filter(studies::contains)
                .forEach(both -> given.problem("%s is named as study and as unlabelled; name it once".formatted(both)));
        return studies;
    }

    private static List<String> studies(String parameter, Arguments given) {
        return given.values(parameter)
                .map(value -> study(parameter, value, given))
                .distinct()
                .toList();
    }

    private static List<String> labelled(Arguments given) {
        var studies = studies("study", given);
        if (studies.isEmpty() || studies.size() > MOST_STUDIES) {
            given.problem("%d studies are named; name 1 to %d as study, such as ImagingStudy/1"
                    .formatted(studies.size(), MOST_STUDIES));
        }
        return studies;
    }

    private static String study(String parameter, Type value, Arguments given) {
        var named = value instanceof Reference reference && reference.hasReference()
                ? Compartment.plain(reference.getReference())
                : String.valueOf(value.primitiveValue());
        if (!named.matches("ImagingStudy/[A-Za-z0-9.-]{1,64}")) {
            given.problem(
                    "%s '%s' is no Reference to an ImagingStudy; write ImagingStudy/ID".formatted(parameter, named));
        }
        return named;
    }

    private static Set<String> segmentations(Arguments given) {
        return given.values("segmentation")
                .map(value -> {
                    var uid = String.valueOf(value.primitiveValue()).replace("urn:oid:", "");
                    if (!uid.matches("[0-9.]{1,64}")) {
                        given.problem("segmentation '%s' is no SOP Instance UID".formatted(uid));
                    }
                    return uid;
                })
                .collect(Collectors.toSet());
    }

    private static Optional<String> version(Arguments given) {
        var version = given.text("version");
        version.filter(text -> !text.matches("[0-9]+\\.[0-9]+\\.[0-9]+"))
                .ifPresent(text -> given.problem("version '%s' is not three numbers, such as 1.1.0".formatted(text)));
        return version;
    }

    private static double share(Arguments given) {
        var share = given.value("heldOut")
                .map(value -> value instanceof DecimalType decimal && decimal.hasValue()
                        ? decimal.getValue()
                        : BigDecimal.ZERO)
                .map(BigDecimal::doubleValue)
                .orElse(USUAL);
        if (!(share > 0 && share <= 0.5)) {
            given.problem("heldOut is no decimal above 0 and at most 0.5, such as 0.2");
        }
        return share;
    }

    private static TrainingPlan plan(Arguments given) {
        var steps = given.value("steps")
                .map(value -> value instanceof IntegerType integer && integer.hasValue() ? integer.getValue() : 0)
                .orElse(TrainingPlan.USUAL.steps());
        if (steps < 1 || steps > MOST_STEPS) {
            given.problem("steps is no integer from 1 to %d".formatted(MOST_STEPS));
            return TrainingPlan.USUAL;
        }
        return TrainingPlan.USUAL.withSteps(steps);
    }
}
