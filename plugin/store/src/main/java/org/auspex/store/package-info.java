/**
 * The HAPI JPA side of the kernel's interfaces: reads evidence, writes findings exactly once, withdraws them. The only
 * package that uses HAPI's DAOs.
 */
@NullMarked
package org.auspex.store;

import org.jspecify.annotations.NullMarked;
