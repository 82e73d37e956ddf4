@NullMarked
package org.auspex.language.documents;

import org.jspecify.annotations.NullMarked;
