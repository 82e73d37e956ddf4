/** The door at a terminal: check a model folder, evaluate a model on a table. No server, no database, no Spring. */
@NullMarked
package org.auspex.commandline;

import org.jspecify.annotations.NullMarked;
