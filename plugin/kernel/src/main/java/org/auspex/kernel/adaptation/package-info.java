/**
 * A new version of a model from a few labelled images: a head on a shared encoder is trained in the background, tried on cases it has
 * not seen, and laid beside the other versions with a card it filled in itself. It stands above prediction, which it uses as any caller.
 */
@NullMarked
package org.auspex.kernel.adaptation;

import org.jspecify.annotations.NullMarked;
