package org.auspex.terminology;

/** Canonical URIs of the code and identifier systems that Auspex reads and writes. */
public final class Systems {

    /** Base of every canonical URL that Auspex publishes. */
    public static final String AUSPEX = "https://auspex-fhir.org/fhir";

    /** Identifier system of every prediction: a hash over model, version, subject and the values used. */
    public static final String PREDICTION = AUSPEX + "/identifier/prediction";

    /** Identifier system of Observations that tell how far a person agreed with what a model marked. */
    public static final String AGREEMENT = AUSPEX + "/identifier/agreement";

    /** Identifier system of the Device that stands for one version of a model: {@code name|version}. */
    public static final String MODEL = AUSPEX + "/identifier/model";

    /** Tags of results: {@value #CURRENT} on the newest result of its model, version line and subject. */
    public static final String STATE = AUSPEX + "/CodeSystem/state";

    public static final String CURRENT = "current";

    /** Words for risk that HL7's {@link #RISK_PROBABILITY} lacks. */
    public static final String RISK_BAND = AUSPEX + "/CodeSystem/risk-band";

    /** What a Consent can deny: {@code automated-prediction}. */
    public static final String CONSENT = AUSPEX + "/CodeSystem/consent";

    /** Answers of models that sort into classes, such as rule-out. */
    public static final String LABEL = AUSPEX + "/CodeSystem/label";

    /** Properties of the Device of a model: {@code rollout}, with a code of {@link #ROLLOUT}. */
    public static final String DEVICE_PROPERTY = AUSPEX + "/CodeSystem/device-property";

    /** How far a version of a model is trusted: {@code active}, {@code shadow}, {@code canary}, {@code retired}. */
    public static final String ROLLOUT = AUSPEX + "/CodeSystem/rollout";

    /** What the Observation of a survival curve holds: times by which a share has had the event, and the curve. */
    public static final String SURVIVAL = AUSPEX + "/CodeSystem/survival";

    /** Names of a model's inputs and scorecard items, for results that show them one by one. */
    public static final String INPUT = AUSPEX + "/CodeSystem/input";

    /** Codes for measurements that no standard terminology names; each model's page lists those it reads, and those that Auspex measures. */
    public static final String MEASUREMENT = AUSPEX + "/CodeSystem/measurement";

    public static final String UCUM = "http://unitsofmeasure.org";
    public static final String LOINC = "http://loinc.org";
    public static final String SNOMED = "http://snomed.info/sct";
    public static final String RISK_PROBABILITY = "http://terminology.hl7.org/CodeSystem/risk-probability";
    public static final String DIAGNOSTIC_SERVICE = "http://terminology.hl7.org/CodeSystem/v2-0074";
    public static final String OBSERVATION_VALUE = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    /** Security label of anything that artificial intelligence asserted (HL7 v3 ObservationValue). */
    public static final String AIAST = "AIAST";

    /** HL7 AI Transparency on FHIR 1.0.0-ballot: type of an AI Device and role of the AI agent in a Provenance. */
    public static final String AI_DEVICE_TYPE = "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS";

    public static final String ARTIFICIAL_INTELLIGENCE = "Artificial-Intelligence";

    private Systems() {}
}
