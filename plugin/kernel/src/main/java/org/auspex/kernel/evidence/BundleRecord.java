package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.features.Criteria;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** The record in a Bundle that a client sent: nothing is read from or written to the store. */
public final class BundleRecord implements RecordSource {

    private final Map<String, Resource> byUrl;
    private final List<Resource> resources;
    private final BiPredicate<Resource, String> matcher;
    private final Map<String, String> remaining;
    private final Map<String, List<Resource>> byPatient = new HashMap<>();

    /**
     * @param matcher whether a resource fulfils search parameters
     */
    public BundleRecord(Bundle bundle, BiPredicate<Resource, String> matcher) {
        this.matcher = matcher;
        bundle.getEntry().stream()
                .filter(entry -> entry.hasResource()
                        && !entry.getResource().getIdElement().hasIdPart())
                .forEach(entry -> entry.getResource().setId(idOf(entry)));
        this.resources = bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(resource -> resource != null)
                .toList();
        this.remaining = Merged.remaining(resources);
        this.byUrl = bundle.getEntry().stream()
                .filter(entry -> entry.hasFullUrl() && entry.hasResource())
                .collect(Collectors.toMap(
                        Bundle.BundleEntryComponent::getFullUrl,
                        Bundle.BundleEntryComponent::getResource,
                        (first, second) -> first));
        var medicines = resources.stream()
                .filter(Medication.class::isInstance)
                .collect(Collectors.toMap(BundleRecord::plain, Function.identity(), (first, second) -> first));
        Medications.resolve(
                resources,
                reference -> Optional.ofNullable(byUrl.get(reference))
                        .or(() -> Optional.ofNullable(medicines.get(Compartment.plain(reference)))));
        resources.forEach(this::keepByPatient);
    }

    /** One that was merged into another stays to be found under its own name, too. */
    private void keepByPatient(Resource resource) {
        var patients = new LinkedHashSet<String>();
        patientOf(resource).ifPresent(patients::add);
        patients.add(plain(resource));
        patients.stream()
                .filter(patient -> patient.startsWith("Patient/"))
                .forEach(patient -> byPatient
                        .computeIfAbsent(patient, any -> new ArrayList<>())
                        .add(resource));
    }

    /** Every subject of a type that the Bundle holds. */
    public List<Subject> subjects(String type) {
        return resources.stream()
                .filter(resource -> resource.fhirType().equals(type))
                .flatMap(resource -> subject(resource).stream())
                .toList();
    }

    private Optional<Subject> subject(Resource resource) {
        if (resource instanceof Patient) {
            return Optional.of(Subject.patient(plain(resource)));
        }
        return patientOf(resource).map(patient -> new Subject(plain(resource), patient));
    }

    @Override
    public Map<Subject, List<Resource>> fetch(
            List<Subject> subjects, List<Criteria> criteria, Optional<Instant> since) {
        return subjects.stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(), subject -> about(subject).toList()));
    }

    private Stream<Resource> about(Subject subject) {
        return byPatient.getOrDefault(subject.patient(), List.of()).stream()
                .filter(resource -> isAbout(resource, subject));
    }

    private boolean isAbout(Resource resource, Subject subject) {
        // A Consent is the patient's, whichever encounter is asked about.
        if (resource instanceof Consent) {
            return patientOf(resource).equals(Optional.of(subject.patient()));
        }
        if (plain(resource).equals(subject.patient()) || plain(resource).equals(subject.reference())) {
            return true;
        }
        return patientOf(resource).equals(Optional.of(subject.patient()))
                && subject.isOwn(resource.fhirType(), resource.getIdElement().getIdPart())
                && (!subject.isEncounter() || encounterOf(resource).equals(Optional.of(subject.reference())));
    }

    @Override
    public boolean matches(Resource resource, String query) {
        return query.isEmpty() || matcher.test(resource, query);
    }

    private Optional<String> patientOf(Resource resource) {
        return Compartment.patient(resource)
                .map(this::resolve)
                .map(patient -> remaining.getOrDefault(patient, patient));
    }

    private Optional<String> encounterOf(Resource resource) {
        return Compartment.encounter(resource).map(this::resolve);
    }

    private String resolve(String reference) {
        var inside = byUrl.get(reference);
        return inside == null ? Compartment.plain(reference) : plain(inside);
    }

    private static String plain(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    private static String idOf(Bundle.BundleEntryComponent entry) {
        var url = Optional.ofNullable(entry.getFullUrl()).orElse("");
        var type = "/" + entry.getResource().fhirType() + "/";
        if (url.contains(type)) {
            return url.substring(url.lastIndexOf(type) + type.length());
        }
        var end = url.replaceAll("[^A-Za-z0-9.-]", "-");
        return end.isEmpty() ? "unnamed" : end.substring(Math.max(0, end.length() - 64));
    }
}
