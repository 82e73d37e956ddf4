package org.auspex.language.chat;

import java.time.Duration;

/** How time passes between two attempts. */
@FunctionalInterface
interface Waits {

    void pass(Duration duration) throws InterruptedException;
}
