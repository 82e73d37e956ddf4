package org.auspex.commandline;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.ServingModel;
import org.auspex.kernel.evidence.BundleRecord;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.notes.Amount;
import org.auspex.kernel.notes.Refusal;
import org.auspex.kernel.notes.Standardised;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Code;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** What becomes of what one document names, read in the way in which a server reads it. */
final class FactReports {

    static final String UNREADABLE = "unreadable";

    private static final String PATIENT = "Patient/line";

    private final ServingModel model;
    private final EvidenceReader reader;
    private final Instant asOf;
    private final FhirContext fhir;

    FactReports(ServingModel model, EvidenceReader reader, Instant asOf, FhirContext fhir) {
        this.model = model;
        this.reader = reader;
        this.asOf = asOf;
        this.fhir = fhir;
    }

    /**
     * One entry for each fact, or one that says why the document is not read.
     *
     * @param line a DocumentReference as JSON
     * @param number of the line, from 1
     */
    List<Map<String, Object>> of(String line, int number) {
        DocumentReference document;
        try {
            document = fhir.newJsonParser().parseResource(DocumentReference.class, line);
        } catch (DataFormatException e) {
            return List.of(unreadable("line " + number, "is no DocumentReference as JSON; write one on each line"));
        }
        if (!document.getIdElement().hasIdPart()) {
            document.setId("line-" + number);
        }
        var name = "DocumentReference/" + document.getIdElement().getIdPart();
        var outcome = outcome(document, name);
        return outcome instanceof Outcome.Noted noted
                ? noted.facts().stream().map(fact -> report(name, fact)).toList()
                : List.of(unreadable(
                        name,
                        outcome instanceof Outcome.Abstained abstained
                                ? abstained.reasons().stream()
                                        .map(Outcome.Reason::toString)
                                        .collect(Collectors.joining("; "))
                                : outcome.kind()));
    }

    /** Whose the document is makes no difference here, so that no Patient is needed beside it. */
    private Outcome outcome(DocumentReference document, String name) {
        document.setSubject(new Reference(PATIENT));
        var patient = new Patient();
        patient.setId(PATIENT);
        var bundle = new Bundle();
        bundle.addEntry().setResource(patient);
        bundle.addEntry().setResource(document);
        var evidence = reader.from(new BundleRecord(bundle, (resource, query) -> true))
                .read(List.of(new Subject(name, PATIENT)), model.card().requirements(), asOf)
                .get(0);
        return model.outcomes(List.of(evidence.features())).get(0);
    }

    private static Map<String, Object> unreadable(String document, String why) {
        var report = new LinkedHashMap<String, Object>();
        report.put("document", document);
        report.put("outcome", UNREADABLE);
        report.put("reason", why);
        return report;
    }

    private static Map<String, Object> report(String document, Standardised standardised) {
        var fact = standardised.fact();
        var report = new LinkedHashMap<String, Object>();
        report.put("document", document);
        report.put("start", fact.words().start());
        report.put("end", fact.words().end());
        report.put("words", fact.words().text());
        report.put("kind", lower(fact.kind()));
        report.put("assertion", lower(fact.said()));
        report.put("concept", fact.name());
        report.put("codes", fact.codes().stream().map(Code::toString).toList());
        fact.amount().ifPresent(amount -> {
            report.put("value", amount.written());
            amount.unit().ifPresent(unit -> report.put("unit", unit));
        });
        standardised.amount().ifPresent(amount -> {
            report.put("converted", numbers(amount));
            report.put("convertedUnit", amount.unit().orElse(""));
        });
        report.put("outcome", standardised.refusal().map(Refusal::code).orElse("written"));
        report.put("reason", standardised.reason());
        return report;
    }

    private static List<BigDecimal> numbers(Amount amount) {
        return Stream.concat(Stream.of(amount.number()), amount.second().stream())
                .toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
