package org.auspex.terminology;

/** Canonical URIs of the code and identifier systems that Auspex reads and writes. */
public final class Systems {

    /** Base of every canonical URL that Auspex publishes. */
    public static final String AUSPEX = "https://auspex-fhir.org/fhir";

    /** Identifier system of every prediction: a hash over model, version, subject and the values used. */
    public static final String PREDICTION = AUSPEX + "/identifier/prediction";

    /** Identifier system of Observations that tell how far a person agreed with what a model marked. */
    public static final String AGREEMENT = AUSPEX + "/identifier/agreement";

    /** Identifier system of Observations that tell how a version of a model fares: the version, and the end of the time they are about. */
    public static final String WATCHED = AUSPEX + "/identifier/watch";

    /** What those Observations hold. */
    public static final String WATCH = AUSPEX + "/CodeSystem/watch";

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

    /** What became of a patient's question: {@code answered}, {@code declined}, and {@code escalated} beside either. */
    public static final String CONSULTATION = AUSPEX + "/CodeSystem/consultation";

    /** Properties of the Device of a model: {@code rollout}, with a code of {@link #ROLLOUT}. */
    public static final String DEVICE_PROPERTY = AUSPEX + "/CodeSystem/device-property";

    /** How far a version of a model is trusted: {@code active}, {@code shadow}, {@code canary}, {@code retired}. */
    public static final String ROLLOUT = AUSPEX + "/CodeSystem/rollout";

    /** What the Observation of a survival curve holds: times by which a share has had the event, and the curve. */
    public static final String SURVIVAL = AUSPEX + "/CodeSystem/survival";

    /** Names of a model's inputs and scorecard items, for results that show them one by one. */
    public static final String INPUT = AUSPEX + "/CodeSystem/input";

    /** Names of the rules of a guard, as codes of the issues that they find. */
    public static final String RULE = AUSPEX + "/CodeSystem/rule";

    /** Steps that cards want to be followed up, {@code model/step}. */
    public static final String STEP = AUSPEX + "/CodeSystem/step";

    /** Where such a step stands: {@code due}, {@code overdue}, {@code done}, {@code not-needed}; and names of what its Task holds. */
    public static final String STEP_STATE = AUSPEX + "/CodeSystem/step-state";

    /** On a result that warns: how long after the first symptom it was recorded. */
    public static final String TIME_TO_WARNING = AUSPEX + "/StructureDefinition/time-to-warning";

    /** On an issue that is open no longer, or that was found again: the result that took its place. */
    public static final String REPLACED_BY = AUSPEX + "/StructureDefinition/replaced-by";

    /** Codes for measurements that no standard terminology names; each model's page lists those it reads, and those that Auspex measures. */
    public static final String MEASUREMENT = AUSPEX + "/CodeSystem/measurement";

    /** Answers that a prediction set holds: {@code event}, {@code no-event}, and the names of a ranking's choices. */
    public static final String ANSWER = AUSPEX + "/CodeSystem/answer";

    /** What became of something that a document names: {@code written}, or why not. */
    public static final String STANDARDISATION = AUSPEX + "/CodeSystem/standardisation";

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

    /** The same guide: types of documents that tell of an AI, {@value #AI_INPUT_PROMPT} among them. */
    public static final String AI_INPUTS = "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIinputsCS";

    public static final String AI_INPUT_PROMPT = "AIInputPrompt";

    /** Identifier system of instructions to a language model: {@code name|version}. */
    public static final String PROMPT = AUSPEX + "/identifier/prompt";

    private Systems() {}
}
