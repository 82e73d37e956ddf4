package org.auspex.imaging.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.auspex.imaging.dicom.Uid;

/** Which instance each SOP Instance UID stands for, and a hash of its content. */
final class Claims {

    /** @param content hash of its data set */
    record Claim(InstanceUids uids, String content) {}

    private final Layout layout;
    private final WholeFiles files;

    Claims(Layout layout, WholeFiles files) {
        this.layout = layout;
        this.files = files;
    }

    Optional<Claim> find(Uid instance) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(layout.claim(instance));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        if (lines.size() != 3) {
            throw new IOException(
                    "%s is broken; delete it and store the instance again".formatted(layout.claim(instance)));
        }
        return Optional.of(new Claim(InstanceUids.of(lines.get(0), lines.get(1), instance.value()), lines.get(2)));
    }

    void put(Claim claim) throws IOException {
        var text = String.join(
                "\n", claim.uids().study().value(), claim.uids().series().value(), claim.content());
        files.write(
                layout.claim(claim.uids().instance()),
                out -> out.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
}
