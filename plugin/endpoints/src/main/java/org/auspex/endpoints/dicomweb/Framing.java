package org.auspex.endpoints.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.multipart.MultipartWriter;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.StoredFrames;

/** WADO-RS for single frames (PS3.18, 10.4): as they are encoded, or as a picture. */
final class Framing {

    private static final String PNG = "image/png";

    private final FolderArchive archive;
    private final DicomToolkit toolkit;
    private final ReadLimits limits;
    private final PixelReader pixels = new PixelReader(PixelLimits.DEFAULT);

    Framing(FolderArchive archive, DicomToolkit toolkit, ReadLimits limits) {
        this.archive = archive;
        this.toolkit = toolkit;
        this.limits = limits;
    }

    /** {@code frames/1,2} or {@code frames/1/rendered}. */
    Reply answer(Target target, HttpServletRequest request) throws IOException {
        var rest = target.rest();
        if (rest.size() == 3 && rest.get(2).equals("rendered")) {
            return picture(target, number(rest.get(1), target));
        }
        if (rest.size() != 2) {
            throw DicomwebRefused.notFound(target.path());
        }
        var numbers = Arrays.stream(rest.get(1).split(",", -1))
                .map(text -> number(text, target))
                .toList();
        return encoded(target, numbers, request);
    }

    /** The first frame, as a viewer shows it at first. */
    Reply rendered(Target target) throws IOException {
        return picture(target, 1);
    }

    private Reply encoded(Target target, List<Integer> numbers, HttpServletRequest request) throws IOException {
        var frames = StoredFrames.of(object(target), PixelLimits.DEFAULT);
        for (int number : numbers) {
            require(number, frames.count());
        }
        var type = FrameTypes.of(frames.transferSyntax());
        Retrieving.Wanted.of(request, type).syntax(frames.transferSyntax());
        var boundary = UUID.randomUUID().toString();
        return response -> {
            response.setContentType("multipart/related; type=\"%s\"; boundary=%s".formatted(type, boundary));
            try (var parts = new MultipartWriter(response.getOutputStream(), boundary)) {
                for (int number : numbers) {
                    parts.part(
                            List.of("Content-Type: %s; transfer-syntax=%s".formatted(type, frames.transferSyntax())));
                    response.getOutputStream().write(frames.frame(number));
                }
            }
        };
    }

    private Reply picture(Target target, int number) throws IOException {
        var frames = pixels.open(object(target));
        require(number, frames.count());
        var picture = frames.picture(number);
        return response -> {
            response.setContentType(PNG);
            ImageIO.write(picture, "png", response.getOutputStream());
        };
    }

    private DicomObject object(Target target) throws IOException {
        var uids = target.uids().orElseThrow(() -> DicomwebRefused.notFound(target.path()));
        return toolkit.read(archive.fetch(uids, archive.incoming()), limits);
    }

    private static int number(String text, Target target) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw DicomwebRefused.notFound(target.path());
        }
        return Integer.parseInt(text);
    }

    private static void require(int number, int count) {
        if (number > count) {
            throw new DicomwebRefused(404, "There is no frame %d; there are %d".formatted(number, count));
        }
    }
}
