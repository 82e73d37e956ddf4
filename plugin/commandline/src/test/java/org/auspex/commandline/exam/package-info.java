@NullMarked
package org.auspex.commandline.exam;

import org.jspecify.annotations.NullMarked;
