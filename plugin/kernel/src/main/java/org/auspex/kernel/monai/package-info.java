/**
 * Bundles of MONAI, read as model cards. A bundle's configuration is a program in disguise; here it is read as text against a
 * list of what is known, and nothing in it is executed.
 */
@NullMarked
package org.auspex.kernel.monai;

import org.jspecify.annotations.NullMarked;
