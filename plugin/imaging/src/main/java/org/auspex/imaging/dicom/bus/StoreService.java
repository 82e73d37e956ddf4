package org.auspex.imaging.dicom.bus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.service.BasicCStoreSCP;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.multipart.Budget;
import org.auspex.imaging.multipart.MultipartRefused;

/** Takes in what a modality sends: into a file as it comes, and then into the archive, whose answer is the modality's. */
final class StoreService extends BasicCStoreSCP {

    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    /** The Error Comment of a response is of VR LO. */
    private static final int LONGEST_COMMENT = 64;

    private final FolderArchive archive;
    private final long maxBytes;

    StoreService(FolderArchive archive, long maxBytes) {
        this.archive = archive;
        this.maxBytes = maxBytes;
    }

    @Override
    protected void store(
            Association association, Presentation context, Attributes request, PDVInputStream data, Attributes response)
            throws IOException {
        var file = Files.createTempFile(archive.incoming(), "c-store", ".dcm");
        try {
            receive(association, context, request, data, file);
            answer(archive.store(List.of(file)).get(0), request, response);
        } catch (MultipartRefused tooLong) {
            // The rest may never end, so it is not waited for.
            association.abort();
            throw new IOException("An object of more than %d bytes was sent".formatted(maxBytes), tooLong);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void receive(
            Association association, Presentation context, Attributes request, PDVInputStream data, Path file)
            throws IOException {
        var meta = association.createFileMetaInformation(
                request.getString(Tag.AffectedSOPInstanceUID),
                request.getString(Tag.AffectedSOPClassUID),
                context.getTransferSyntax());
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 64 << 10)) {
            // Not closed by itself: what it wrote is only the beginning of the file.
            var head = new ImageOutputStream(out, EXPLICIT);
            head.writeFileMetaInformation(meta);
            head.flush();
            data.copyTo(new Budget(maxBytes).on(out));
        }
    }

    private static void answer(Stored outcome, Attributes request, Attributes response) {
        if (outcome instanceof Stored.Refused refused) {
            fail(response, refused.reason(), refused.why());
        } else if (!outcome.sopInstanceUid().orElseThrow().equals(request.getString(Tag.AffectedSOPInstanceUID))) {
            fail(response, Stored.Reason.OTHER_STUDY, "Stored under the UID of the data set, not of the command");
        }
    }

    private static void fail(Attributes response, int status, String why) {
        response.setInt(Tag.Status, VR.US, status);
        response.setString(
                Tag.ErrorComment,
                VR.LO,
                why.length() <= LONGEST_COMMENT ? why : why.substring(0, LONGEST_COMMENT - 3) + "...");
    }
}
