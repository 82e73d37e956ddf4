package org.auspex.language.text;

import org.auspex.terminology.Code;
import org.auspex.terminology.Systems;

/** What a section of a note is about, with LOINC's code for such a section. */
public enum SectionKind {
    CHIEF_COMPLAINT("10154-3"),
    PRESENT_ILLNESS("10164-2"),
    PAST_HISTORY("11348-0"),
    PROCEDURES("47519-4"),
    PERSONAL_HISTORY("29762-2"),
    OBSTETRIC_HISTORY("49033-4"),
    FAMILY_HISTORY("10157-6"),
    MEDICATIONS("10160-0"),
    ALLERGIES("48765-2"),
    REVIEW_OF_SYSTEMS("10187-3"),
    VITAL_SIGNS("8716-3"),
    PHYSICAL_EXAMINATION("29545-1"),
    TESTS("30954-2"),
    CASE_FEATURES("10164-2"),
    ASSESSMENT("51848-0"),
    DIAGNOSIS("29548-5"),
    ASSESSMENT_AND_PLAN("51847-2"),
    PLAN("18776-5"),
    COURSE("8648-8"),
    INSTRUCTIONS("69730-0"),
    INDICATION("59768-2"),
    TECHNIQUE("55111-9"),
    COMPARISON("18834-2"),
    FINDINGS("59776-5"),
    IMPRESSION("19005-8"),
    /** Text before the first heading, or below a heading that is not known. */
    OTHER("");

    private final String loinc;

    SectionKind(String loinc) {
        this.loinc = loinc;
    }

    /** The section's code in LOINC; an empty code for {@link #OTHER}. */
    public Code code() {
        return new Code(Systems.LOINC, loinc);
    }
}
