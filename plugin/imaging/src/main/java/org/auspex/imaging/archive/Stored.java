package org.auspex.imaging.archive;

import java.util.Optional;

/** What became of an object that was to be stored. */
public sealed interface Stored {

    /** Its SOP Class and SOP Instance UID, as far as it could be read. */
    Optional<String> sopClassUid();

    Optional<String> sopInstanceUid();

    /** It is in the archive; it may have been before, with the same content. */
    record Kept(String sopClass, InstanceUids uids) implements Stored {

        @Override
        public Optional<String> sopClassUid() {
            return Optional.of(sopClass);
        }

        @Override
        public Optional<String> sopInstanceUid() {
            return Optional.of(uids.instance().value());
        }
    }

    /**
     * It is not.
     *
     * @param reason one of {@link Reason}, or another of PS3.18, I.2.2
     * @param why in words
     */
    record Refused(Optional<String> sopClassUid, Optional<String> sopInstanceUid, int reason, String why)
            implements Stored {}

    /** Failure reasons of PS3.18, table I.2-2, and of PS3.4, table B.2-1. */
    final class Reason {

        /** Processing failure. */
        public static final int PROCESSING = 0x0110;
        /** An object with this SOP Instance UID is there, and is another. */
        public static final int DUPLICATE = 0x0111;
        /** Out of resources. */
        public static final int FULL = 0xA700;
        /** The object is not of the study that was named. */
        public static final int OTHER_STUDY = 0xA900;
        /** It cannot be understood. */
        public static final int UNREADABLE = 0xC000;

        private Reason() {}
    }
}
