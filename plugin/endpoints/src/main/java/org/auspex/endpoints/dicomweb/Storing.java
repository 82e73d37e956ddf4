package org.auspex.endpoints.dicomweb;

import com.fasterxml.jackson.core.JsonFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.archive.Stored;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomJsonWriter;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Uid;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.multipart.Budget;
import org.auspex.imaging.multipart.MediaType;
import org.auspex.imaging.multipart.MultipartReader;
import org.auspex.imaging.multipart.MultipartRefused;

/**
 * STOW-RS (PS3.18, 10.5). The whole message is read into files before anything is stored, so that of a message which breaks
 * off nothing is.
 */
final class Storing {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String DICOM = "application/dicom";

    private final FolderArchive archive;
    private final DicomToolkit toolkit;
    private final ReadLimits limits;
    private final long maxBytes;

    /**
     * @param limits of one object
     * @param maxBytes of one request
     */
    Storing(FolderArchive archive, DicomToolkit toolkit, ReadLimits limits, long maxBytes) {
        this.archive = archive;
        this.toolkit = toolkit;
        this.limits = limits;
        this.maxBytes = maxBytes;
    }

    Reply answer(Optional<Uid> study, HttpServletRequest request, String base) throws IOException {
        var type = MediaType.of(String.valueOf(request.getContentType()));
        if (!type.name().equals("multipart/related")
                || !type.parameter("type")
                        .map(MediaType::of)
                        .filter(of -> of.takes(DICOM))
                        .isPresent()) {
            throw new DicomwebRefused(
                    415,
                    "Objects are stored as multipart/related; type=\"application/dicom\", one file in each part; this is %s"
                            .formatted(type.name()));
        }
        var files = new ArrayList<Path>();
        try {
            read(type, request, files);
            var outcomes = files.stream().map(file -> store(study, file)).toList();
            return reply(outcomes, base);
        } catch (MultipartRefused e) {
            throw new DicomwebRefused(
                    e.isTooLong() ? 413 : 400,
                    e.isTooLong()
                            ? e.getMessage() + "; send fewer objects, or raise auspex.dicom.dicomweb.max-bytes"
                            : String.valueOf(e.getMessage()));
        } finally {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void read(MediaType type, HttpServletRequest request, List<Path> files) throws IOException {
        var budget = new Budget(maxBytes);
        new MultipartReader(type).read(request.getInputStream(), headers -> part(headers, budget, files));
    }

    private OutputStream part(Map<String, String> headers, Budget budget, List<Path> files) throws IOException {
        var type = MediaType.of(headers.getOrDefault("content-type", DICOM));
        if (!type.name().equals(DICOM)) {
            throw new DicomwebRefused(415, "A part is %s; only application/dicom is stored".formatted(type.name()));
        }
        var file = Files.createTempFile(archive.incoming(), "stow", ".dcm");
        files.add(file);
        return budget.on(Files.newOutputStream(file));
    }

    private Stored store(Optional<Uid> study, Path file) {
        return study.flatMap(uid -> misplaced(uid, file))
                .orElseGet(() -> archive.store(List.of(file)).get(0));
    }

    /** What a path names one study for, and is of another. */
    private Optional<Stored> misplaced(Uid study, Path file) {
        try {
            var header = toolkit.read(file, limits).dataset();
            return header.string(Tags.STUDY_INSTANCE_UID)
                            .filter(study.value()::equals)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(new Stored.Refused(
                            header.string(Tags.SOP_CLASS_UID),
                            header.string(Tags.SOP_INSTANCE_UID),
                            Stored.Reason.OTHER_STUDY,
                            "It is of another study than %s".formatted(study)));
        } catch (DicomRefused unreadable) {
            // The archive will say so.
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Reply reply(List<Stored> outcomes, String base) {
        var kept = outcomes.stream()
                .filter(Stored.Kept.class::isInstance)
                .map(Stored.Kept.class::cast)
                .toList();
        var refused = outcomes.stream()
                .filter(Stored.Refused.class::isInstance)
                .map(Stored.Refused.class::cast)
                .toList();
        var answer = new Dataset();
        kept.stream()
                .findFirst()
                .ifPresent(first -> answer.set(
                        Tags.RETRIEVE_URL,
                        Vr.UR,
                        base + "/studies/" + first.uids().study()));
        if (!refused.isEmpty()) {
            answer.set(
                    Tags.FAILED_SOP_SEQUENCE,
                    refused.stream().map(Storing::failed).toList());
        }
        if (!kept.isEmpty()) {
            answer.set(
                    Tags.REFERENCED_SOP_SEQUENCE,
                    kept.stream().map(one -> stored(one, base)).toList());
        }
        return response -> {
            response.setStatus(status(kept, refused));
            response.setContentType(Datasets.TYPE);
            try (var json = JSON.createGenerator(response.getOutputStream())) {
                new DicomJsonWriter(json, (path, element) -> Optional.empty()).write(answer);
            }
        };
    }

    /** 202 means that some were not stored; 507 and 409 that none was. */
    private static int status(List<Stored.Kept> kept, List<Stored.Refused> refused) {
        if (refused.isEmpty()) {
            return 200;
        }
        if (!kept.isEmpty()) {
            return 202;
        }
        return refused.stream().allMatch(one -> one.reason() == Stored.Reason.FULL) ? 507 : 409;
    }

    private static Dataset failed(Stored.Refused one) {
        return reference(one)
                .set(Tags.FAILURE_REASON, Vr.US, (long) one.reason())
                .set(Tags.ERROR_COMMENT, Vr.LO, shortened(one.why()));
    }

    private static Dataset stored(Stored.Kept one, String base) {
        return reference(one)
                .set(Tags.RETRIEVE_URL, Vr.UR, base + "/" + one.uids().path());
    }

    private static Dataset reference(Stored one) {
        return new Dataset()
                .set(
                        Tags.REFERENCED_SOP_CLASS_UID,
                        Vr.UI,
                        one.sopClassUid().stream().toArray(String[]::new))
                .set(
                        Tags.REFERENCED_SOP_INSTANCE_UID,
                        Vr.UI,
                        one.sopInstanceUid().stream().toArray(String[]::new));
    }

    /** LO has room for 64 characters. */
    private static String shortened(String why) {
        return why.length() <= 64 ? why : why.substring(0, 61) + "...";
    }
}
