/**
 * The words Auspex shares with the rest of the world: systems, codes and units. Everything that has a meaning outside
 * of one package is named here once, so that a code is never spelt twice.
 */
@NullMarked
package org.auspex.terminology;

import org.jspecify.annotations.NullMarked;
