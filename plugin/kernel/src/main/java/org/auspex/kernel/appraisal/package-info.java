/**
 * What a model was worth on subjects whose outcome is known, as a whole: who they were, every figure that fits what the model says, groups and
 * baselines. A table at the command line and a cohort of a server are appraised alike.
 */
@NullMarked
package org.auspex.kernel.appraisal;

import org.jspecify.annotations.NullMarked;
