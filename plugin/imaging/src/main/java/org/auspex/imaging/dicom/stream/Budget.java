package org.auspex.imaging.dicom.stream;

import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.ReadLimits;

/** Counts what reading one object has cost so far. */
final class Budget {

    /** What an element or item takes besides its value, by estimate: the entry of a map, records, a list. */
    private static final int ELEMENT = 160;

    private final ReadLimits limits;
    private int elements;
    private long heap;

    Budget(ReadLimits limits) {
        this.limits = limits;
    }

    ReadLimits limits() {
        return limits;
    }

    void element() {
        if (++elements > limits.elements()) {
            throw new DicomRefused(
                    "The object has more than the %d elements and items that are allowed".formatted(limits.elements()));
        }
        memory(ELEMENT);
    }

    void memory(long bytes) {
        heap += bytes;
        if (heap > limits.heap()) {
            throw new DicomRefused(
                    "The object takes more than the %d bytes of memory that are allowed".formatted(limits.heap()));
        }
    }

    void depth(int depth) {
        if (depth > limits.depth()) {
            throw new DicomRefused("Sequences lie more than the %d deep that are allowed".formatted(limits.depth()));
        }
    }
}
