/**
 * Archives elsewhere, by DICOMweb (PS3.18: QIDO-RS, WADO-RS, STOW-RS). What they send is not trusted: it has a budget of bytes
 * and of time, and only addresses that an operator listed are called.
 */
@NullMarked
package org.auspex.imaging.dicomweb;

import org.jspecify.annotations.NullMarked;
