/**
 * What people marked in images that a model has marked: it is found in the archive when it arrives there, and compared pixel by pixel.
 * Whatever says of itself that a program made it is no correction, whoever's program it is.
 */
@NullMarked
package org.auspex.imaging.corrections;

import org.jspecify.annotations.NullMarked;
