/**
 * The server notices: what is stored asks for predictions, in the same database transaction, and what is corrected for
 * a review of the results that rest on it. Nothing here may disturb a clinical write.
 */
@NullMarked
package org.auspex.interceptors.notice;

import org.jspecify.annotations.NullMarked;
