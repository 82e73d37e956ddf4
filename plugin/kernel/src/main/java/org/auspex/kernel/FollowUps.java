package org.auspex.kernel;

/** Who looks after the steps that results propose. */
@FunctionalInterface
public interface FollowUps {

    /**
     * Looks at a step whose time has come, and shows that it is overdue if nobody has done it.
     *
     * @param task where it stands, such as {@code Task/12}
     * @return what was found, in a few words
     */
    String look(String task);
}
