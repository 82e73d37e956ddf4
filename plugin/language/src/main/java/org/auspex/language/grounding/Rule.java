package org.auspex.language.grounding;

import java.util.List;
import org.auspex.language.grounding.Verdict.Objection;

/** One thing that is checked. */
interface Rule {

    List<Objection> objections(Reading claim, Reading cited);
}
