package org.auspex.kernel.model;

/** One version of one model, written {@code name|version}. */
public record ModelId(String name, String version) implements Comparable<ModelId> {

    /** Reads {@code name|version}. */
    public static ModelId parse(String text) {
        var bar = text.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("'%s' is no name|version".formatted(text));
        }
        return new ModelId(text.substring(0, bar), text.substring(bar + 1));
    }

    /** Versions with the same first number stand in one line: the newer replaces the older's current result. */
    public String line() {
        return version.substring(0, version.indexOf('.'));
    }

    /** Older versions first, by number and not by letter. */
    @Override
    public int compareTo(ModelId other) {
        var byName = name.compareTo(other.name);
        if (byName != 0) {
            return byName;
        }
        var mine = version.split("\\.", -1);
        var theirs = other.version.split("\\.", -1);
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            var byNumber = new java.math.BigInteger(mine[i]).compareTo(new java.math.BigInteger(theirs[i]));
            if (byNumber != 0) {
                return byNumber;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    @Override
    public String toString() {
        return name + "|" + version;
    }
}
