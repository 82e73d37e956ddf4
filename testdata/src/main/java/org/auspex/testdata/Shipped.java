package org.auspex.testdata;

/** Where this module's files lie on the class path. */
public final class Shipped {

    /** Model folders, {@code name/version/model.yaml} and what lies beside it. */
    public static final String MODELS = "auspex/models/";

    /** Transaction Bundles, one per patient, as JSON. */
    public static final String PATIENTS = "auspex/patients/";

    /** The moment that the demonstration patients' times are relative to. */
    public static final String PATIENTS_NOW = "2026-01-15T12:00:00Z";

    private Shipped() {}
}
