/** Whether modalities are listened to, and cut off when they should be. */
@NullMarked
package org.auspex.imaging.net;

import org.jspecify.annotations.NullMarked;
