package org.auspex.imaging.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are there whole or not at all: into another file first, onto the disk, and then moved. */
final class WholeFiles {

    private final Path incoming;

    WholeFiles(Path incoming) {
        this.incoming = incoming;
    }

    /** What a file is to hold. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    void write(Path target, Content content) throws IOException {
        Files.createDirectories(target.getParent());
        var temporary = Files.createTempFile(incoming, "whole", ".part");
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 64 << 10);
                content.write(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void copy(Path source, Path target) throws IOException {
        write(target, out -> Files.copy(source, out));
    }
}
