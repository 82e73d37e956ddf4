package org.auspex.kernel.signals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Records of PhysioNet, as far as two of them need it (WFDB Applications Guide, signal(5) and annot(5)). */
final class Wfdb {

    /** Codes of annotations that stand for a beat. */
    private static final Set<Integer> BEATS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 25, 30, 34, 35, 38, 41);

    private static final int SKIP = 59;
    private static final int AUXILIARY = 63;
    private static final int NUMBERS = 60;

    private Wfdb() {}

    /** Of two signals of 12 bits in three bytes, one. */
    static double[] format212(Path file, int which) throws IOException {
        var bytes = Files.readAllBytes(file);
        var samples = new double[bytes.length / 3];
        for (int i = 0; i < samples.length; i++) {
            int high = bytes[3 * i + 1];
            int low = bytes[3 * i + (which == 0 ? 0 : 2)] & 0xFF;
            int sign = which == 0 ? high << 28 >> 28 : high >> 4;
            samples[i] = sign * 256 + low;
        }
        return samples;
    }

    /** Of several signals of 16 bits that alternate, one. */
    static double[] format16(Path file, int which, int signals) throws IOException {
        var numbers = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        var samples = new double[numbers.capacity() / signals];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = numbers.get(i * signals + which);
        }
        return samples;
    }

    /** Where cardiologists saw a beat, in samples. */
    static List<Integer> beats(Path file) throws IOException {
        var words = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var beats = new ArrayList<Integer>();
        int time = 0;
        while (words.remaining() >= 2) {
            int word = words.getShort() & 0xFFFF;
            int code = word >> 10;
            int number = word & 0x3FF;
            if (word == 0) {
                return beats;
            } else if (code == SKIP) {
                time += (words.getShort() << 16) + (words.getShort() & 0xFFFF);
            } else if (code == AUXILIARY) {
                words.position(words.position() + number + number % 2);
            } else if (code < NUMBERS) {
                time += number;
                if (BEATS.contains(code)) {
                    beats.add(time);
                }
            }
        }
        return beats;
    }
}
