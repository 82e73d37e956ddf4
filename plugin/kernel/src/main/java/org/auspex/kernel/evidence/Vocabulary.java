package org.auspex.kernel.evidence;

import java.util.List;
import java.util.Optional;
import org.auspex.terminology.Code;

/** What codes mean to a site: which are members of a ValueSet, and which local codes stand for standard ones. */
public interface Vocabulary {

    /** Whether a code is a member of a ValueSet. */
    boolean isMember(String valueSet, Code code);

    /** The code itself, and every code that the site's ConceptMaps give as equal or equivalent. */
    List<Code> meanings(Code code);

    /** The code itself, and every local code that the site's ConceptMaps give as equal or equivalent to it. */
    List<Code> spellings(Code code);

    /** Why a ValueSet cannot be used; empty when it can. */
    Optional<String> problem(String valueSet);
}
