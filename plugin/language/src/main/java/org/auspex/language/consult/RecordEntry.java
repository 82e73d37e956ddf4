package org.auspex.language.consult;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.language.summary.Tongue;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/**
 * What one resource of the record says, to be told in a sentence.
 *
 * @param topic {@code conditions}, {@code medications}, {@code allergies} or {@code results}
 * @param phrase the sentence's name among the phrases
 * @param name what the resource is about, in its own words
 * @param element that says it
 * @param details further parts of the sentence: a phrase's name and its value each
 * @param current whether it holds now, as far as its status says
 */
record RecordEntry(
        Resource resource,
        String topic,
        String phrase,
        String name,
        String element,
        List<String[]> details,
        boolean current) {

    private static final String CODE = "code";

    /** Empty if it is of another type, or has no name in words. */
    static Optional<RecordEntry> of(Resource resource) {
        return entry(resource).filter(entry -> !entry.name().isBlank());
    }

    private static Optional<RecordEntry> entry(Resource resource) {
        if (resource instanceof Condition condition) {
            return Optional.of(condition(condition));
        }
        if (resource instanceof AllergyIntolerance allergy) {
            return Optional.of(allergy(allergy));
        }
        if (resource instanceof MedicationRequest request) {
            var status = request.hasStatus() ? request.getStatus().toCode() : "";
            return Optional.of(medication(request, request.getMedication(), status, request.getDosageInstruction()));
        }
        if (resource instanceof MedicationStatement statement) {
            var status = statement.hasStatus() ? statement.getStatus().toCode() : "";
            return Optional.of(medication(statement, statement.getMedication(), status, statement.getDosage()));
        }
        if (resource instanceof DiagnosticReport report) {
            return report(report);
        }
        return resource instanceof Observation observation ? observation(observation) : Optional.empty();
    }

    private static RecordEntry condition(Condition condition) {
        var status = first(condition.getClinicalStatus());
        var details = new ArrayList<String[]>();
        detail(details, CODE, status);
        var certainty = first(condition.getVerificationStatus());
        detail(details, CODE, certainty.equals("confirmed") ? "" : certainty);
        if (condition.hasOnsetDateTimeType()) {
            detail(details, "since", condition.getOnsetDateTimeType().getValueAsString());
        }
        return new RecordEntry(
                condition,
                "conditions",
                "condition",
                words(condition.getCode()),
                "Condition.code",
                details,
                List.of("", "active", "recurrence", "relapse").contains(status));
    }

    private static RecordEntry allergy(AllergyIntolerance allergy) {
        var status = first(allergy.getClinicalStatus());
        var details = new ArrayList<String[]>();
        detail(details, CODE, status);
        allergy.getReaction().stream()
                .flatMap(reaction -> reaction.getManifestation().stream())
                .map(RecordEntry::words)
                .forEach(reaction -> detail(details, "", reaction));
        return new RecordEntry(
                allergy,
                "allergies",
                "allergy",
                words(allergy.getCode()),
                "AllergyIntolerance.code",
                details,
                List.of("", "active").contains(status));
    }

    private static RecordEntry medication(Resource resource, Type medicine, String status, List<Dosage> dosages) {
        var details = new ArrayList<String[]>();
        detail(details, CODE, status);
        dosages.stream()
                .map(Dosage::getText)
                .filter(text -> text != null)
                .forEach(text -> detail(details, "dosage", text));
        return new RecordEntry(
                resource,
                "medications",
                "medication",
                medicine(medicine),
                resource.fhirType() + ".medication",
                details,
                List.of("active", "on-hold").contains(status));
    }

    private static String medicine(Type medicine) {
        if (medicine instanceof CodeableConcept concept) {
            return words(concept);
        }
        if (medicine instanceof Reference reference) {
            return reference.getResource() instanceof Medication resolved
                    ? words(resolved.getCode())
                    : Optional.ofNullable(reference.getDisplay()).orElse("");
        }
        return "";
    }

    /** Empty for one without a value that can be told. */
    private static Optional<RecordEntry> observation(Observation observation) {
        var components = observation.getComponent().stream()
                .filter(component -> !value(component.getValue()).isEmpty())
                .map(component -> words(component.getCode()) + " " + value(component.getValue()));
        var told = Stream.concat(Stream.of(value(observation.getValue())), components)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(", "));
        if (told.isEmpty()) {
            return Optional.empty();
        }
        var details = new ArrayList<String[]>();
        detail(details, "on", date(observation.getEffective()));
        if (observation.getStatus() == Observation.ObservationStatus.PRELIMINARY) {
            detail(details, CODE, "preliminary");
        }
        var name = words(observation.getCode());
        return Optional.of(new RecordEntry(
                observation,
                "results",
                "observation",
                name.isBlank() ? "" : name + ": " + told,
                observation.hasValue() ? "Observation.value" : "Observation.component",
                details,
                true));
    }

    /** Empty for one without a conclusion; its documents are not read. */
    private static Optional<RecordEntry> report(DiagnosticReport report) {
        if (!report.hasConclusion()) {
            return Optional.empty();
        }
        var details = new ArrayList<String[]>();
        detail(details, "on", date(report.getEffective()));
        if (report.getStatus() == DiagnosticReport.DiagnosticReportStatus.PRELIMINARY) {
            detail(details, CODE, "preliminary");
        }
        var name = words(report.getCode());
        return Optional.of(new RecordEntry(
                report,
                "results",
                "observation",
                name.isBlank()
                        ? ""
                        : name + ": " + report.getConclusion().strip().replaceAll("\\s+", " "),
                "DiagnosticReport.conclusion",
                details,
                true));
    }

    private static String value(Type value) {
        if (value instanceof Quantity quantity && quantity.hasValue()) {
            var comparator = quantity.hasComparator() ? quantity.getComparator().toCode() : "";
            var unit = quantity.hasUnit()
                    ? quantity.getUnit()
                    : Optional.ofNullable(quantity.getCode()).orElse("");
            return (comparator + quantity.getValue().toPlainString() + " " + unit).strip();
        }
        if (value instanceof CodeableConcept concept) {
            return words(concept);
        }
        return value != null && value.isPrimitive() ? String.valueOf(value.primitiveValue()) : "";
    }

    private static String date(Type effective) {
        if (effective instanceof BaseDateTimeType time && time.hasValue()) {
            return time.getValueAsString();
        }
        return effective instanceof Period period && period.hasStart()
                ? period.getStartElement().getValueAsString()
                : "";
    }

    private static void detail(List<String[]> details, String phrase, String value) {
        if (!value.isBlank()) {
            details.add(new String[] {phrase, value});
        }
    }

    private static String words(CodeableConcept concept) {
        return concept.hasText()
                ? concept.getText()
                : concept.getCoding().stream()
                        .map(Coding::getDisplay)
                        .filter(display -> display != null)
                        .findFirst()
                        .orElse("");
    }

    private static String first(CodeableConcept concept) {
        return Optional.ofNullable(concept.getCodingFirstRep().getCode()).orElse("");
    }

    String sentence(Phrases phrases, Tongue tongue) {
        var told = details.stream()
                .map(detail -> detail[0].isEmpty()
                        ? detail[1]
                        : detail[0].equals(CODE)
                                ? phrases.code(detail[1], tongue)
                                : phrases.of(detail[0], tongue, detail[1]))
                .collect(Collectors.joining(tongue == Tongue.EN ? "; " : "；"));
        var brackets = told.isEmpty() ? "" : phrases.of("brackets", tongue, told);
        return Script.shown(phrases.of(phrase, tongue, name, brackets), tongue);
    }

    /** What it says, in no language: as long as it is the same, so is the answer. */
    String fingerprint() {
        return name + "\n"
                + details.stream().map(detail -> detail[0] + "=" + detail[1]).collect(Collectors.joining("\n"));
    }

    Source source() {
        return new Source.Element(Versions.of(resource), element);
    }
}
