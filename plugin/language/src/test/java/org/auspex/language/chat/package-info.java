@NullMarked
package org.auspex.language.chat;

import org.jspecify.annotations.NullMarked;
