@NullMarked
package org.auspex.commandline;

import org.jspecify.annotations.NullMarked;
