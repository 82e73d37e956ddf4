/** What a note says: problems, findings, drugs, tests, sites and times, each with its span and whether it is asserted. */
@NullMarked
package org.auspex.language.facts;

import org.jspecify.annotations.NullMarked;
