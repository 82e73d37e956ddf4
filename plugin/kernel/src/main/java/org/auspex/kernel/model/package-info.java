/** What a model is: its card, its identity and the folders it comes from. */
@NullMarked
package org.auspex.kernel.model;

import org.jspecify.annotations.NullMarked;
