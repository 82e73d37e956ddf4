/** What is stored of a summary: a Composition, a page beside the note, and how both came about. A draft until a person confirms it. */
@NullMarked
package org.auspex.language.draft;

import org.jspecify.annotations.NullMarked;
