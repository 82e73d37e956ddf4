package org.auspex.imaging.results.segmentation;

import java.util.List;
import org.auspex.imaging.results.segmentation.MultiFrame.Frame;

/** Pixels that hold the number of their segment. */
final class Labels {

    private Labels() {}

    /** Little endian, of an even length. */
    static byte[] write(List<Segmented<Mask>> segments, List<Frame> frames, boolean wide) {
        var first = segments.get(0).pixels();
        var pixels = first.rows() * first.columns();
        var size = wide ? 2 : 1;
        var bytes = Room.of((long) frames.size() * pixels * size);
        for (int s = 0; s < segments.size(); s++) {
            for (int f = 0; f < frames.size(); f++) {
                var set = segments.get(s).pixels().bits(frames.get(f).source());
                for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
                    var at = (f * pixels + i) * size;
                    bytes[at] = (byte) (s + 1);
                    if (wide) {
                        bytes[at + 1] = (byte) (s + 1 >> 8);
                    }
                }
            }
        }
        return bytes;
    }
}
