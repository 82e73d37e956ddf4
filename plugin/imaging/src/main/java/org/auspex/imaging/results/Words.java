package org.auspex.imaging.results;

/** Text in the room that a value representation has. */
public final class Words {

    private Words() {}

    /** The text, cut if it is longer; a backslash would begin another value, so that it becomes a slash. */
    public static String within(int characters, String text) {
        var one = text.replace('\\', '/').strip();
        return one.length() <= characters ? one : one.substring(0, characters).strip();
    }
}
