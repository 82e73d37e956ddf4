package org.auspex.language.grounding;

/** Whether cited words say what a sentence claims. */
public interface Check {

    /** @param cited the words of the spans that the claim names, together */
    Verdict check(String claim, String cited);
}
