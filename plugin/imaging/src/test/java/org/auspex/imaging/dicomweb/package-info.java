/** Whether archives elsewhere are understood, and what becomes of those that hang, lie or lead away. */
@NullMarked
package org.auspex.imaging.dicomweb;

import org.jspecify.annotations.NullMarked;
