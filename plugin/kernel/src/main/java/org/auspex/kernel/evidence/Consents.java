package org.auspex.kernel.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.auspex.terminology.Code;
import org.auspex.terminology.Systems;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Period;

/**
 * Whether a patient has opted out. A provision denies automated prediction if it names it (the code {@code
 * automated-prediction} of ours, the label AIAST or the type RiskAssessment as purpose, class, code, action or security
 * label), or if the Consent is about privacy and denies everything, naming nothing at all.
 */
final class Consents {

    private static final Set<Code> PREDICTION = Set.of(
            new Code(Systems.CONSENT, "automated-prediction"),
            new Code(Systems.OBSERVATION_VALUE, Systems.AIAST),
            new Code("http://hl7.org/fhir/resource-types", "RiskAssessment"));

    private static final Set<String> OTHER_SCOPES = Set.of("research", "adr", "treatment");

    private Consents() {}

    static boolean denies(Consent consent, Instant asOf) {
        return consent.getStatus() == Consent.ConsentState.ACTIVE
                && consent.hasProvision()
                && denies(consent.getProvision(), isAboutPrivacy(consent), asOf);
    }

    /** An exception that names prediction counts more than the provision it stands in. */
    private static boolean denies(Consent.ProvisionComponent provision, boolean privacy, Instant asOf) {
        for (var exception : provision.getProvision()) {
            if (isAboutPrediction(exception) && isInForce(exception.getPeriod(), asOf)) {
                return exception.getType() == Consent.ConsentProvisionType.DENY;
            }
        }
        return provision.getType() == Consent.ConsentProvisionType.DENY
                && isInForce(provision.getPeriod(), asOf)
                && (isAboutPrediction(provision) || (privacy && isAboutEverything(provision)));
    }

    private static boolean isAboutPrivacy(Consent consent) {
        return consent.getScope().getCoding().stream().noneMatch(coding -> OTHER_SCOPES.contains(coding.getCode()));
    }

    private static boolean isAboutPrediction(Consent.ProvisionComponent provision) {
        return codes(provision).anyMatch(PREDICTION::contains);
    }

    private static boolean isAboutEverything(Consent.ProvisionComponent provision) {
        return codes(provision).findAny().isEmpty() && !provision.hasActor() && !provision.hasData();
    }

    private static Stream<Code> codes(Consent.ProvisionComponent provision) {
        var codings = Stream.of(provision.getPurpose(), provision.getClass_(), provision.getSecurityLabel())
                .flatMap(List::stream);
        var concepts = Stream.of(provision.getCode(), provision.getAction())
                .flatMap(List::stream)
                .map(CodeableConcept::getCoding)
                .flatMap(List::stream);
        return Stream.concat(codings, concepts).map(Consents::code);
    }

    private static Code code(Coding coding) {
        return new Code(String.valueOf(coding.getSystem()), String.valueOf(coding.getCode()));
    }

    private static boolean isInForce(Period period, Instant asOf) {
        var begun = !period.getStartElement().hasValue()
                || !period.getStart().toInstant().isAfter(asOf);
        return begun
                && (!period.getEndElement().hasValue()
                        || !period.getEnd().toInstant().isBefore(asOf));
    }
}
