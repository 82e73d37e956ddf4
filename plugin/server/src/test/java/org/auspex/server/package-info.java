@NullMarked
package org.auspex.server;

import org.jspecify.annotations.NullMarked;
